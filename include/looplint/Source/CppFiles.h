//===- CppFiles.h - which files are C++ -----------------------------------===//

#ifndef LOOPLINT_SOURCE_CPPFILES_H
#define LOOPLINT_SOURCE_CPPFILES_H

#include "looplint/Source/Decode.h"

#include "llvm/ADT/StringRef.h"

namespace looplint {

/// Whether a file of that name is a source file or a header of C or C++.
bool isCppFile(llvm::StringRef path);

/// Of these, whether it is a header, which other files include.
bool isCppHeader(llvm::StringRef path);

/// The text of such a file, each byte at the place it has in the file, since a
/// compiler counts bytes: what is not UTF-8 becomes a question mark, a byte
/// order mark stays. Thread-safe.
DecodedText decodeCpp(llvm::StringRef bytes);

} // namespace looplint

#endif // LOOPLINT_SOURCE_CPPFILES_H
