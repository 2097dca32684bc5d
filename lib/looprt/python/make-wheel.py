#!/usr/bin/env python3
"""Packs the built package into a wheel.

usage: make-wheel.py PACKAGE VERSION EXTENSION FOLDER

PACKAGE is the built folder `looprt`, EXTENSION the file name of its `_core`, whose interpreter must run this; the wheel is
written into FOLDER, and its path printed. Written by hand, as it takes fewer lines than a build backend takes to configure,
and no package index. The wheel is for the system it was built on: `_core` links that system's C++ library and its
libdate-tz.
"""
import base64
import hashlib
import pathlib
import sys
import sysconfig
import zipfile

METADATA = """Metadata-Version: 2.1
Name: looprt
Version: {version}
Summary: Ways between plain code and coroutines that cannot hang, a batching loader, a scheduler, and a guard
Requires-Python: >=3.9
"""
WHEEL = """Wheel-Version: 1.0
Generator: looprt
Root-Is-Purelib: false
Tag: {tag}
"""


def main():
    package, version, extension, folder = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3], pathlib.Path(sys.argv[4])
    python = f"cp{sys.version_info[0]}{sys.version_info[1]}"
    tag = f"{python}-{python}-{sysconfig.get_platform().replace('-', '_').replace('.', '_')}"
    files = {f"looprt/{path.relative_to(package).as_posix()}": path.read_bytes() for path in sorted(package.rglob("*"))
             if path.suffix in (".py", ".pyi", ".typed") or path.name in ("py.typed", extension)}
    information = f"looprt-{version}.dist-info"
    files[f"{information}/METADATA"] = METADATA.format(version=version).encode()
    files[f"{information}/WHEEL"] = WHEEL.format(tag=tag).encode()
    record = ""
    for name, data in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        record += f"{name},sha256={digest},{len(data)}\n"
    files[f"{information}/RECORD"] = f"{record}{information}/RECORD,,\n".encode()

    wheel = folder / f"looprt-{version}-{tag}.whl"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    print(wheel)


if __name__ == "__main__":
    main()
