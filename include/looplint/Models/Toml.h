//===- Toml.h - a TOML document whose every value knows its place ---------===//
//
// The parsed document as plain data, in the order in which it was written, so
// that readers of models and configuration report mistakes from top to bottom
// and the library behind it is included in one source file only.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_MODELS_TOML_H
#define LOOPLINT_MODELS_TOML_H

#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBufferRef.h"

#include <cstdint>
#include <string>
#include <vector>

namespace looplint {

/// 1-based line and column, the latter in code points; 0:0 is no place.
struct TomlPlace {
  unsigned line = 0;
  unsigned column = 0;
};

struct TomlEntry;

struct TomlValue {
  enum Kind : std::uint8_t {
    Table,
    Array,
    String,
    Integer,
    Float,
    Boolean,
    Time, // a date, a time or both
  };

  Kind kind = Table;
  TomlPlace place;
  std::string string;
  std::int64_t integer = 0;
  double number = 0;
  bool boolean = false;
  std::vector<TomlValue> elements; // Array
  std::vector<TomlEntry> entries;  // Table

  /// The value of \p key in this table, or null.
  const TomlValue *find(llvm::StringRef key) const;
};

struct TomlEntry {
  std::string key;
  TomlPlace place; // of the key
  TomlValue value;
};

/// "a string", "a table", …, as messages name a kind of value.
llvm::StringRef describe(TomlValue::Kind kind);

/// `path:line:column: message`.
llvm::Error tomlError(llvm::StringRef path, TomlPlace place,
                      const llvm::Twine &message);

/// Parses \p file; its root is a table. The error
/// begins with the buffer's identifier as path.
llvm::Expected<TomlValue> parseToml(llvm::MemoryBufferRef file);

} // namespace looplint

#endif // LOOPLINT_MODELS_TOML_H
