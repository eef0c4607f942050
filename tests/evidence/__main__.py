"""`python -m tests.evidence` writes the evidence of the sample a-failover anew."""

from __future__ import annotations

from tests.evidence import FOLDER, evidence


def main() -> None:
    """Write every file."""
    FOLDER.mkdir(exist_ok=True)
    for name, raw in evidence().items():
        path = FOLDER / name
        path.write_bytes(raw)
        path.chmod(0o755 if raw.startswith(b"#!") else 0o644)
        print(f"wrote {path.name}")


if __name__ == "__main__":
    main()
