# RUN: %looprt-python %s %source %build
"""The wheel: what is in it is what its record says, and it can be imported from where it is unpacked."""
import base64
import hashlib
import os
import pathlib
import subprocess
import sys
import sysconfig
import tempfile
import unittest
import zipfile

build = pathlib.Path(sys.argv.pop())
source = pathlib.Path(sys.argv.pop())


class Wheel(unittest.TestCase):
    def test_is_complete(self):
        with tempfile.TemporaryDirectory() as folder:
            extension = "_core" + sysconfig.get_config_var("EXT_SUFFIX")
            made = subprocess.run([sys.executable, source / "lib/looprt/python/make-wheel.py", build / "python/looprt", "0.1.0",
                                   extension, folder], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
            unpacked = os.path.join(folder, "unpacked")
            with zipfile.ZipFile(made) as archive:
                archive.extractall(unpacked)
                names = archive.namelist()
                record = archive.read("looprt-0.1.0.dist-info/RECORD").decode().splitlines()
            self.assertEqual([line.partition(",")[0] for line in record], names)
            for line in record[:-1]:
                name, digest, size = line.split(",")
                data = pathlib.Path(unpacked, name).read_bytes()
                hashed = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
                self.assertEqual((digest, int(size)), (f"sha256={hashed}", len(data)))
            for name in f"looprt/{extension}", "looprt/py.typed", "looprt/_core.pyi", "looprt/compat/apscheduler.py":
                self.assertIn(name, names)
            said = subprocess.run([sys.executable, "-c", "import looprt, looprt._core; print(looprt.__file__)"],
                                  env=dict(os.environ, PYTHONPATH=unpacked), stdout=subprocess.PIPE, text=True, check=True)
            self.assertTrue(said.stdout.startswith(unpacked))


if __name__ == "__main__":
    unittest.main()
