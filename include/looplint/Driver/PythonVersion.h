//===- PythonVersion.h - which Python a project supports ------------------===//

#ifndef LOOPLINT_DRIVER_PYTHONVERSION_H
#define LOOPLINT_DRIVER_PYTHONVERSION_H

#include "looplint/Models/Effect.h"

#include "llvm/ADT/StringRef.h"

#include <optional>
#include <string>

namespace looplint {

/// "3.11" or "py311".
std::optional<Version> parsePythonVersion(llvm::StringRef text);

/// "3.11" of 311.
std::string spellVersion(Version version);

/// The lowest version that a specifier admits: 308 of ">=3.8,<4", "~=3.8" or
/// "^3.8"; none where it sets no lower bound.
std::optional<Version> lowerBound(llvm::StringRef specifier);

struct SupportedVersion {
  Version version = 0;
  std::string file; // that says so
};

/// Looks for the project's own statement in \p folder (absolute) and above:
/// `requires-python` in pyproject.toml, `python_requires` in setup.cfg or
/// setup.py. The nearest file with a lower bound decides.
std::optional<SupportedVersion> findSupportedVersion(llvm::StringRef folder);

} // namespace looplint

#endif // LOOPLINT_DRIVER_PYTHONVERSION_H
