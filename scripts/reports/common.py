"""What the reports share: their options, reading a folder with the program, asking a scorer, choosing parts of its table."""
import argparse
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def parser(doc: str) -> argparse.ArgumentParser:
    """The options of a report that reads with the program."""
    made = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--shared", type=lambda path: pathlib.Path(path).resolve(), required=True)
    made.add_argument("--program", type=lambda path: pathlib.Path(path).resolve(), default=ROOT / "target/release/rashomon")
    return made


def export(program: pathlib.Path, work: pathlib.Path, *paths: pathlib.Path) -> pathlib.Path:
    """Reads files or folders into a fresh ledger and returns its export."""
    name = paths[0].name
    ledger, out = work / f"{name}.ledger", work / f"{name}.jsonl"
    subprocess.run([program, "read", "--ledger", ledger, *paths], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([program, "export", "--ledger", ledger, "--format", "jsonl", "--out", out], check=True)
    return out


def score(script: pathlib.Path, *arguments: object) -> str:
    """What a scorer prints."""
    return subprocess.run([sys.executable, script, *map(str, arguments)], check=True, text=True,
                          stdout=subprocess.PIPE, cwd=script.parent).stdout


def chosen(table: str, parts: dict[str, tuple[str, ...] | None]) -> list[str]:
    """Some parts of a scorer's table; of each the lines that begin with certain words, or all."""
    kept, part = [], None
    for line in table.splitlines():
        if line and not line.startswith(" "):
            part = line.strip()
            if part in parts:
                kept.append(line)
        elif part in parts and line.strip() and (parts[part] is None or line.strip().startswith(parts[part])):
            kept.append(line)
    return kept


def write(name: str, shared: pathlib.Path, lines: list[str]) -> None:
    """Writes docs/reports/NAME.md and prints it."""
    report = "\n".join(lines).replace(str(shared), "../shared")
    (ROOT / f"docs/reports/{name}.md").write_text(report, encoding="utf-8")
    print(report)
