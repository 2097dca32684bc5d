//===- TableReader.h - reads a TOML table strictly ------------------------===//
//
// A reader asks for the keys it knows, in any order, and calls finish(). So
// the list of known keys is nowhere written down a second time: a key that
// nobody asked for is unknown, and those asked for are what it may have been.
// A mistake is noted and reading goes on, so that one run shows them all.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_LIB_MODELS_TABLEREADER_H
#define LOOPLINT_LIB_MODELS_TABLEREADER_H

#include "Spelling.h"
#include "looplint/Models/Toml.h"

#include <string>
#include <vector>

namespace looplint::models {

/// Collects what is wrong with one file.
class Complaints {
public:
  explicit Complaints(llvm::StringRef path) : path(path) {}

  void add(TomlPlace place, const llvm::Twine &message);
  /// All of them joined, in the order of the file. Success if there are none.
  llvm::Error take();

  /// Whose names the file spells, and what is wrong with one is said in.
  bool isCpp = false;

private:
  struct Complaint {
    TomlPlace place;
    std::string message;
  };

  std::string path;
  std::vector<Complaint> complaints;
};

class TableReader {
public:
  /// \p name is how messages call the table: "`invokes`".
  TableReader(const TomlValue &table, std::string name, Complaints &complaints)
      : table(table), name(std::move(name)), complaints(complaints) {}

  /// The value of \p key, or null if there is none. A value of another kind is
  /// a complaint, and null.
  const TomlValue *ask(llvm::StringRef key);
  const TomlValue *ask(llvm::StringRef key, TomlValue::Kind kind);
  /// As above; that there is none is a complaint, too.
  const TomlValue *require(llvm::StringRef key, TomlValue::Kind kind);

  std::string string(llvm::StringRef key);
  bool boolean(llvm::StringRef key);
  /// An array of strings; empty if there is none.
  std::vector<const TomlValue *> strings(llvm::StringRef key);
  Version version(llvm::StringRef key);

  template <typename Enumeration, std::size_t Count>
  Enumeration enumerator(llvm::StringRef key,
                         const Spelled<Enumeration> (&spellings)[Count],
                         std::type_identity_t<Enumeration> otherwise) {
    const TomlValue *value = ask(key, TomlValue::String);
    if (!value)
      return otherwise;
    std::vector<llvm::StringRef> known;
    for (const Spelled<Enumeration> &spelled : spellings) {
      if (spelled.text == value->string)
        return spelled.value;
      known.push_back(spelled.text);
    }
    complainUnknown(key, *value, known);
    return otherwise;
  }

  /// One of \p words; empty if there is none.
  std::string word(llvm::StringRef key,
                   llvm::ArrayRef<llvm::StringLiteral> words);

  /// Complains of keys that nobody asked for.
  void finish();

  void complain(const TomlValue &value, const llvm::Twine &message) {
    complaints.add(value.place, message);
  }

  bool has(llvm::StringRef key) const { return table.find(key); }

  const TomlValue &table;
  const std::string name;
  Complaints &complaints;

private:
  void complainUnknown(llvm::StringRef key, const TomlValue &value,
                       llvm::ArrayRef<llvm::StringRef> known);

  std::vector<llvm::StringRef> asked;
};

} // namespace looplint::models

#endif // LOOPLINT_LIB_MODELS_TABLEREADER_H
