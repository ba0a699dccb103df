"""Prints the weaknesses in a report of testssl.sh, and fails if there are any: `testssl.py REPORT.json`."""

import json
import sys

# These checks require what a test certificate cannot have: a public authority that publishes revocations and transparency logs,
# and a name in the public DNS.
OF_THE_CERTIFICATE = {"cert_revocation", "DNS_CAArecord", "OCSP_stapling", "certificate_transparency"}
# This check fails if OpenSSL 3 disconnects before it has received the ticket of TLS 1.3.
UNRELIABLE = {"sessionresumption_ticket"}
NO_WEAKNESS = {"OK", "INFO"}

with open(sys.argv[1]) as file:
    findings = json.load(file)
if not any(it["id"] == "scanTime" for it in findings):
    sys.exit("testssl.sh did not complete its scan")
weaknesses = [
    it
    for it in findings
    if it["severity"] not in NO_WEAKNESS and it["id"] not in OF_THE_CERTIFICATE | UNRELIABLE
]
for it in weaknesses:
    print(it["severity"], it["id"], it["finding"])
print(f"{len(findings)} findings, {len(weaknesses)} weaknesses")
sys.exit(bool(weaknesses))
