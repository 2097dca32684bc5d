# The GoogleTest suite: every test of looplint-unit counts as one test of lit.
import os

import lit.formats

config.name = "looplint-unit"
config.test_format = lit.formats.GoogleTest(".", "-unit")
config.test_source_root = os.path.join(config.looplint_binary_directory, "bin")
config.test_exec_root = config.test_source_root
