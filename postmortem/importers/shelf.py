"""The importers, in the order in which they are asked: the particular before the loose.

One name a line: `module:attribute` in this package, an importer or what makes one. A
new importer is a file of its own and a line here. Those of other packages are asked
between the two lists.
"""

from __future__ import annotations

PARTICULAR: tuple[str, ...] = (
    # chat
    "scribe:Scribe",
    "slack:Slack",
    "discord:Discord",
    "teams:Teams",
    "mattermost:Mattermost",
    "whatsapp:WhatsApp",
    "irc:Irc",
    # paging and monitoring
    "pagerduty:PAGERDUTY",
    "opsgenie:OPSGENIE",
    "alertmanager:ALERTMANAGER",
    "grafana:GRAFANA",
    "datadog:DATADOG",
    "sentry:SENTRY",
    "monitors:MONITORS",
    "incident_io:INCIDENT_IO",
    "rootly:ROOTLY",
    "statuspage:STATUSPAGE",
    # code and deployments
    "github:GITHUB",
    "gitlab:GITLAB",
    "builds:BUILDS",
    "aws:AWS",
    # machines and terminals
    "journal:JOURNAL",
    "shells:XONSH",
    "shells:Shells",
    "asciinema:Asciinema",
    "journal:Syslog",
)

LOOSE: tuple[str, ...] = (
    # what any program writes
    "loose_json:LooseJson",
    "table:Table",
    # what people paste: last, since almost every text has a time in it
    "pasted:Pasted",
)
