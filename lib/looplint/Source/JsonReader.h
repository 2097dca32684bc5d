//===- JsonReader.h - walks through JSON without building it --------------===//
//
// Notebooks carry images in their outputs: megabytes of JSON that nobody needs.
// So the caller says which members it wants, and all others are passed over at
// the speed of memory. LLVM's parser was rejected for the whole: it builds
// everything, and recurses over nested arrays. Strings that are wanted are
// still decoded by it.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_LIB_SOURCE_JSONREADER_H
#define LOOPLINT_LIB_SOURCE_JSONREADER_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"

#include <cstddef>
#include <optional>
#include <string>

namespace looplint {

/// Stands before a value. The first mistake ends the walk: from then on every
/// function does nothing, and `failure` says what was expected at `offset`.
/// What is passed over is checked no further than brackets and strings go.
class JsonReader {
public:
  explicit JsonReader(llvm::StringRef text) : text(text) {}

  enum class Kind : std::uint8_t { Object, Array, String, Other };
  /// The kind of the value that comes next.
  Kind peek();

  /// Calls \p member with every key, as written; it must consume the value.
  /// What is no object is passed over.
  void readObject(llvm::function_ref<void(llvm::StringRef key)> member);
  /// Calls \p element before each element, which it must consume. What is no
  /// array is passed over.
  void readArray(llvm::function_ref<void()> element);
  /// Passes over what is no string, and returns nothing.
  std::optional<std::string> readString();
  void skipValue();
  /// Nothing but blanks may be left.
  void expectEnd();

  const char *failure = nullptr;
  std::size_t offset = 0;

private:
  bool take(char c);
  llvm::StringRef takeStringToken();
  void readMembers(char close, llvm::function_ref<void()> member);
  void skipBlanks();
  void fail(const char *message) {
    if (!failure)
      failure = message;
  }

  llvm::StringRef text;
};

} // namespace looplint

#endif // LOOPLINT_LIB_SOURCE_JSONREADER_H
