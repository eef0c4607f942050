"""Credentials and personal data to plant, put together so that none is written out.

None was ever issued: each is a prefix that its issuer documents, and letters.
"""

from __future__ import annotations

import base64
import itertools

_ALPHABET = "a7Kd2RfG9pQx4LmT0vYb8ZnC3sWj6EhU1iOo5"
_HEX = "4f9c02b7e1d83a65"


def _some(length: int, letters: str = _ALPHABET) -> str:
    return "".join(itertools.islice(itertools.cycle(letters), length))


def _jwt() -> str:
    parts = (b'{"alg":"HS256","typ":"JWT"}', b'{"sub":"1234567890","admin":true}')
    head, body = (base64.urlsafe_b64encode(each).decode().strip("=") for each in parts)
    return f"{head}.{body}.{_some(43)}"


_UPPER = "K7D2QG6PX4LMT3VYB5ZN"
_SLASHED = f"{_some(12)}/{_some(4)}/{_some(22)}"
_UUID = "6f1c02b7-" + "e1d8-4a65-9f9c-02b7e1d83a65"
_SAID = "tr0" + "Ub4d" + "&" + "3xyz"
SECRETS = {
    "github": "ghp" + "_" + _some(36),
    "github-fine": "github" + "_pat_" + _some(82),
    "gitlab": "glpat" + "-" + _some(20),
    "slack-bot": "xoxb" + "-123456789012-" + _some(24),
    "slack-app": "xapp" + "-1-A012-" + _some(32),
    "slack-hook": "https://hooks.slack.com/" + "services/T01/B02/" + _some(24),
    "aws": "AKIA" + _some(16, _UPPER),
    "google": "AIza" + _some(35),
    "npm": "npm" + "_" + _some(36),
    "stripe": "sk" + "_live_" + _some(24),
    "model": "sk" + "-proj-" + _some(48),
    "vault": "hvs" + "." + _some(24),
    "digitalocean": "dop" + "_v1_" + _some(64, _HEX),
    "sendgrid": "SG" + "." + _some(22) + "." + _some(43),
    "grafana": "glsa" + "_" + _some(32) + "_" + _some(8, _HEX),
    "pagerduty": "Authorization: Token token=" + _some(20),
    "opsgenie": "Authorization: GenieKey " + "4f9c02b7-e1d8-3a65-4f9c-02b7e1d83a65",
    "chat-bot": "1234567890:AA" + _some(33),
    "jwt": _jwt(),
    "address": "postgres://app:" + _some(12) + "@db-1.internal/orders",
    "bearer": "curl -H 'Authorization: Bearer " + _some(32) + "'",
    "basic": "Authorization: Basic " + base64.b64encode(b"app:" + b"hunter12").decode(),
    "env": "DB_PASSWORD=" + _some(14),
    "yaml": 'client_secret: "' + _some(24) + '"',
    "aws-secret": "AWS_SECRET_ACCESS_KEY=" + _SLASHED,
    "aws-secret-quoted": f'AWS_SECRET_ACCESS_KEY="{_SLASHED}"',
    "aws-secret-yaml": "aws_secret_access_key: " + _some(12) + "/" + _some(29),
    "hex": "DATADOG_API_KEY=" + _some(32, _HEX),
    "hex-cache": "MEMCACHED_PASSWORD=" + _some(32, _HEX),
    "hex-hash": "HASHICORP_TOKEN=" + _some(40, _HEX),
    "hex-quoted": f'api_key = "{_some(32, _HEX)}"',
    "hex-long": "client_secret: " + _some(64, _HEX),
    "hex-password": "password: " + _some(40, _HEX).upper(),
    "said": f"(password is {_SAID} and",
    "said-signs": "Password was " + "Corr&ct" + "!horse",
    "said-was": "Password was " + _some(12),
    "said-quoted": f"the passphrase was `{_SAID}`",
    "client": "mysql -u root -p" + _some(11),
    "client-quoted": f"mysqldump -h db-1 -u app -p'{_SAID}' orders",
    "client-mongo": "mongosh -u admin -p " + _some(11) + " orders",
    "client-login": "docker login -u ci -p " + _some(11) + " registry.example.com",
    "client-large": "sqlcmd -S db-1 -U sa -P '" + _some(11) + "'",
    "client-ldap": "ldapsearch -D cn=admin -w " + _some(11),
    "client-option": "mongodump -u app --password " + _some(11),
    "said-for": "the password for the orders database was " + _some(12),
    "said-bold": "the password was **" + _some(12) + "**",
    "token-said": "the token was " + "abc123" + "def456" + "ghi789",
    "token-said-quoted": "The API key is `" + _some(20) + "`.",
    "token-said-set": "the client secret had been set to " + _some(16),
    "token-said-named": "API key: " + _some(20),
    "token-said-hex": "the token was " + _some(32, _HEX),
    "token-said-upper": "the access key was " + _UPPER,
    "uuid": "api_key: " + _UUID,
    "uuid-env": "ACME_API_KEY=" + _UUID.upper(),
    "uuid-quoted": f'client_secret = "{_UUID}"',
    "uuid-token": "access_token: " + _UUID,
    "uuid-said": "the token was " + _UUID,
    "german": "das Passwort war " + _some(12),
    "curl": "curl -u deploy:" + _some(9) + " https://api.example.com",
    "curl-words": "curl -u deploy:" + "correct" + "horse https://api.example.com",
    "curl-flags": f"curl -sSu 'deploy:{_SAID}' https://api.example.com",
    "curl-long": "curl --user deploy:" + _some(9) + " https://api.example.com",
    "curl-last": f'curl -X POST https://api.example.com -u "deploy:{_some(9)}"',
    "curl-proxy": "curl -x gate:3128 -U deploy:" + _some(9) + " https://example.com",
    "curl-behind": "curl -u admin:hunter2" + "secret https://api.example.com",
    "curl-behind-code": "ran `curl -su admin:hunter2" + "pass https://example.com`",
    "curl-behind-long": "curl --user admin:hunter2" + "Secret https://example.com",
    "curl-behind-quoted": "curl --user='admin:hunter2" + "token' https://example.com",
    "redis": "redis-cli -h cache-1 -a " + _some(16) + " ping",
    "redis-long": f"redis-cli --pass '{_SAID}' ping",
    "passphrase": "passphrase: " + "tulip-" + "orange-42",
    "secret-key-said": "the secret key was " + _some(16),
    "bare": "api token " + _some(16),
    "bare-small": "api token " + _some(16).lower(),
    "bare-brackets": "the token (" + _some(16) + ") was leaked",
    "bare-comma": "its API key, " + _some(16) + ", was leaked",
    "bare-code": "the password `" + _some(24) + "` was in it",
    "bare-secret": "AWS secret " + _SLASHED,
    "bare-secret-key": "AWS secret access key " + _SLASHED,
    "azure": "AccountKey=" + _some(86) + "==",
    "key": "-----BEGIN OPENSSH PRIVATE KEY-----\n" + _some(70) + "\n-----END",
}
"""By kind: text in which exactly one credential stands."""

PERSONAL = {
    "mail": ("PM711", "purchasing@customer-of-ours.eu"),
    "ip": ("PM712", "93.184.216.34"),
    "ip6": ("PM712", "2606:2800:220:1:248:1893:25c8:1946"),
    "phone": ("PM713", "+44 20 7946 0958"),
    "phone-us": ("PM713", "(212) 555-0187"),
    "card": ("PM714", "4111 1111 1111 1111"),
    "card-amex": ("PM714", "3782-822463-10005"),
}
"""By kind: the rule, and the text."""

_SAID_OF = (
    "revoked",
    "re-issued",
    "rotated-2x",
    "valid-until-2025",
    "k8s_sa_token",
    "per-tenant-v2",
    "20250524T130500Z",
    "2025-05-24T13:05:00Z",
    "3d12h30m",
    "v2.13.4-rc1",
    "PaymentsApi2Eu",
    "eu-west-1a-bound",
    "SHA256-signed",
    "JWT-RS256",
    "$TOKEN1234",
    "<token-1234>",
    "/run/secrets/token1",
    "4f9c02b7e1d83a65",
)
_OF_REQUESTS = ("request", "sync", "csrf", "resume", "lock", "client", "change")
_IDENTIFIERS = (
    "trace_id",
    "incident",
    "request",
    "request_id",
    "span",
    "idempotency_key",
    "primary_key",
    "deployment key",
    "token_id",
    "api_key_id",
    "access_key_id",
    "encryption_key",
    "credentials",
    "credentialsId",
)
_CURLED = (
    "-u user:password",
    "-u USER:API_TOKEN",
    "-u $USER:$PASSWORD1",
    "-u admin:changeme",
    "-u admin:my_secret",
    "-u 'app:password'",
    "-u app:api-key",
    "-u app:xxxxxxxx",
    "-u 'app:<password1>'",
    "-u app:********",
    "-u deploy",
    "-u deploy:",
    "-u token:x-oauth-basic",
    "-x gate:3128 -k",
    "-XPUT -d items:batch2",
    "failed; git push -u origin main:release1",
)
_NAMED_SO = ("token", "password", "API key", "secret")
_BARE = (
    "bucket2025limits",
    "eksClusterS3BackupKey2",
    "(PaymentsApi2Eu3V4Prod)",
    "kv/prod/PaymentsApi2Eu/database/Credentials1",
    "k8s2024prod01eu",
    "ORDERS20250524T1305",
    _some(32, _HEX),
    _some(40, _HEX),
)
LOOK_ALIKES = (
    "fixed in commit 4f9c02b7e1d83a654f9c02b7e1d83a654f9c02b7",
    "image api@sha256:" + _some(64, _HEX),
    "trace 4f9c02b7e1d83a65, span 02b7e1d83a65",
    "request 4f9c02b7-e1d8-3a65-4f9c-02b7e1d83a65",
    "pod api-7d9f8b6c5d-x2x9z was evicted",
    "secret = vault path kv/prod/api",
    "the token: it had expired at 14:02",
    "password: see the vault",
    "API_KEY=${API_KEY} and TOKEN=<your-token-here>, PASSWORD=********",
    "DB_PASSWORD=changeme1, SECRET=REDACTED_2",
    "key: 2025-05-24T13:05:00Z",
    "primary_key=order_id, partition key: user",
    "release 1.2.3.4 and version 10.20.30.40, v4.1.2.3",
    "10.0.3.17, 192.168.1.4, 127.0.0.1:8080, 192.0.2.44, 2001:db8::7, fe80::1, ::1",
    "at 14:32:05, for 12:30:45, 13:05:22Z",
    "order 1234567890123456 and 4111 1111 1111 1112",
    "epoch 1748091900000, 1748091900",
    "git@github.com:example/api.git, noreply@ours.eu, someone@example.com, logo@2x.png",
    "+02:00, +5m, +1 h, 2025-05-24 13:05+0000, +14:00",
    "api_key=4f9c02b7e1d83a65 is short, password: sha256:" + _some(64, _HEX),
    "cache_key=" + _some(32, _HEX) + ", commit: " + _some(40, _HEX),
    "etag: " + _some(32, _HEX) + ", image digest: " + _some(64, _HEX),
    "password_hash: " + _some(32, _HEX) + ", public_key=" + _some(64, _HEX),
    "access_key_id: " + _some(32, _HEX) + ", key id: " + _some(40, _HEX),
    "md5_password=" + _some(32, _HEX) + ", hashed-secret: " + _some(64, _HEX),
    "next_token=" + _some(32, _HEX) + ", commit_token: " + _some(40, _HEX),
    "secret: kv/prod/PaymentsApi2Eu, token: /run/secrets/HTTPServer01/tls.key",
    "credentials: s3://Backups/2025/Quarter1 and password: ~/Keys/ordersV2Eu",
    "the password is stored in Vault, its password was rotated at 14:02Z",
    "the password was 1Password-managed, the password is PBKDF2-derived",
    "the password is R&D-owned, the password was user@host, the pwd is /srv/app1/run2",
    "the password is base64-encoded, the password was Argon2id, password is k8s-owned",
    "the password is REDACTED-12, the password was <taken-out-2>, password is ********",
    "mysql -u root -p -h db-1, mysql -P3306 -p$DB_PASS2, mysql -p<password1>",
    *(f"the {name} was {said}" for name in ("token", "API key") for said in _SAID_OF),
    *(f"the {name} token was {_UUID}" for name in _OF_REQUESTS),
    *(f"{name}_token: {_UUID}" for name in _OF_REQUESTS),
    *(f'"{name.title()}Token": "{_UUID}"' for name in _OF_REQUESTS),
    *(f"{name}: {_UUID}" for name in _IDENTIFIERS),
    *(f"{name} {_UUID}" for name in _IDENTIFIERS),
    "the secret was prod/db-2025, the secret was orders_db_2025",
    "the key was order-1234567, partition key: us-east-1-2025, the key was " + _UUID,
    "the sync token was " + _some(20) + ", the page token is " + _some(32, _HEX),
    "API key: payments-v2, API key: per-tenant-2x",
    "api_key: 00000000-0000-0000-0000-000000000000, token=xxxxxxxx-xxxx-xxxx-xxxx",
    *(f"the {name} {said}" for name in _NAMED_SO for said in (*_SAID_OF, *_BARE)),
    "secret key " + _UUID + ", the sync token " + _some(16) + ", passphrase prompts",
    "redis-cli -a $REDIS_PASS2 ping, redis-cli -a <password1> ping, redis-cli -p 6379",
    *(f"curl {words} https://api.example.com" for words in _CURLED),
    "mongod -p 27017abc, mongosh -p 27017, docker login -p $PASS2, mkdir -p a1b2c3d4",
    "docker login --password-stdin, --password <password1>, --password-file pw1.txt",
    "use --password with 2fa-enabled accounts, unzip -P $ZIP1 a1.zip, ldapwhoami -w x",
    "docker run -p3306:3306/tcp mysql:8 -p3306:3306/tcp, ssh -p2222 mysql-1",
    "queue: key=orders-eu-1, token bucket of 200, secret santa",
)
"""What is in every report and is no business of these rules."""
