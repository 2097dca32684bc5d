//===- ProjectFiles.h - what a Python project says of itself --------------===//
//
// pyproject.toml, setup.cfg and setup.py, read without running anything. A
// file that is missing or broken says nothing here.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_LIB_DRIVER_PROJECTFILES_H
#define LOOPLINT_LIB_DRIVER_PROJECTFILES_H

#include "looplint/Models/Toml.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/MemoryBuffer.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace looplint {

/// Null where it cannot be read.
std::unique_ptr<llvm::MemoryBuffer> readProjectFile(llvm::StringRef folder,
                                                    llvm::StringRef name);

std::optional<TomlValue> readPyproject(llvm::StringRef folder);

/// The value that \p keys lead to, table by table; null where there is none.
const TomlValue *lookUp(const TomlValue &root,
                        llvm::ArrayRef<llvm::StringRef> keys);

/// The functions that the project's commands call, "package.module:function":
/// `[project.scripts]` in pyproject.toml (Poetry's, too), `console_scripts` in
/// setup.cfg or setup.py, of the nearest folder from \p folder (absolute)
/// upwards that names any.
std::vector<std::string> findConsoleScripts(llvm::StringRef folder);

} // namespace looplint

#endif // LOOPLINT_LIB_DRIVER_PROJECTFILES_H
