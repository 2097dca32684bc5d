//===- Lower.h - Python text to summary -----------------------------------===//

#ifndef LOOPLINT_FRONTEND_PYTHON_LOWER_H
#define LOOPLINT_FRONTEND_PYTHON_LOWER_H

#include "looplint/Program/Summary.h"
#include "looplint/Source/CodeCell.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <string>

namespace looplint::python {

/// Lowers one Python file. \p text is UTF-8 without a byte order mark and may
/// contain anything; \p cells are its parts where it is a notebook. Never
/// fails: what cannot be parsed is listed in Summary::errors and the rest is
/// lowered. Thread-safe.
Summary lower(llvm::StringRef text, std::string path,
              llvm::ArrayRef<CodeCell> cells = {});

} // namespace looplint::python

#endif // LOOPLINT_FRONTEND_PYTHON_LOWER_H
