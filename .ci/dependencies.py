"""Fails if a dependency of the library in this folder needs a later Rust than the given version: `dependencies.py 1.89`."""

import json
import subprocess
import sys


def version(text):
    return [int(part) for part in text.split(".")]


command = ["cargo", "metadata", "--format-version=1", "--all-features", "--locked"]
metadata = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
oldest = version(sys.argv[1])
packages = metadata["packages"]
later = [it for it in packages if version(it["rust_version"] or "1.0")[:2] > oldest[:2]]
for it in later:
    print(f"{it['name']} {it['version']} needs Rust {it['rust_version']}")
print(f"{len(packages)} packages, {len(later)} of which need a later Rust")
sys.exit(bool(later))
