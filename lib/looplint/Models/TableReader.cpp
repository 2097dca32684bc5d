//===- TableReader.cpp - reads a TOML table strictly ----------------------===//

#include "TableReader.h"

#include "llvm/ADT/STLExtras.h"

#include <tuple>

using namespace looplint;
using namespace looplint::models;

void Complaints::add(TomlPlace place, const llvm::Twine &message) {
  complaints.push_back({place, message.str()});
}

llvm::Error Complaints::take() {
  llvm::stable_sort(complaints, [](const Complaint &a, const Complaint &b) {
    return std::tie(a.place.line, a.place.column) <
           std::tie(b.place.line, b.place.column);
  });
  llvm::Error joined = llvm::Error::success();
  for (const Complaint &complaint : complaints)
    joined = llvm::joinErrors(
        std::move(joined), tomlError(path, complaint.place, complaint.message));
  complaints.clear();
  return joined;
}

const TomlValue *TableReader::ask(llvm::StringRef key) {
  asked.push_back(key);
  return table.find(key);
}

const TomlValue *TableReader::ask(llvm::StringRef key, TomlValue::Kind kind) {
  const TomlValue *value = ask(key);
  if (!value || value->kind == kind)
    return value;
  complain(*value, "`" + key + "` is " + describe(value->kind) + "; expected " +
                       describe(kind));
  return nullptr;
}

const TomlValue *TableReader::require(llvm::StringRef key,
                                      TomlValue::Kind kind) {
  if (const TomlValue *value = ask(key, kind))
    return value;
  if (!has(key))
    complain(table, name + " has no `" + key + "`; expected " + describe(kind));
  return nullptr;
}

std::string TableReader::string(llvm::StringRef key) {
  const TomlValue *value = ask(key, TomlValue::String);
  return value ? value->string : "";
}

bool TableReader::boolean(llvm::StringRef key) {
  const TomlValue *value = ask(key, TomlValue::Boolean);
  return value && value->boolean;
}

std::vector<const TomlValue *> TableReader::strings(llvm::StringRef key) {
  std::vector<const TomlValue *> result;
  const TomlValue *array = ask(key, TomlValue::Array);
  if (!array)
    return result;
  for (const TomlValue &element : array->elements) {
    if (element.kind == TomlValue::String)
      result.push_back(&element);
    else
      complain(element, "an element of `" + key + "` is " +
                            describe(element.kind) + "; expected a string");
  }
  return result;
}

Version TableReader::version(llvm::StringRef key) {
  const TomlValue *value = ask(key);
  if (!value)
    return 0;
  auto [majorText, minorText] = llvm::StringRef(value->string).split('.');
  unsigned majorNumber = 0;
  unsigned minorNumber = 0;
  if (value->kind == TomlValue::String &&
      !majorText.getAsInteger(10, majorNumber) &&
      !minorText.getAsInteger(10, minorNumber) && majorNumber < 100 &&
      minorNumber < 100)
    return static_cast<Version>(majorNumber * 100 + minorNumber);
  complain(*value, "`" + key +
                       "` is no version; expected major and minor number in a "
                       "string, as in \"3.11\"");
  return 0;
}

std::string TableReader::word(llvm::StringRef key,
                              llvm::ArrayRef<llvm::StringLiteral> words) {
  const TomlValue *value = ask(key, TomlValue::String);
  if (!value)
    return "";
  if (!llvm::is_contained(words, llvm::StringRef(value->string)))
    complainUnknown(key, *value,
                    std::vector<llvm::StringRef>(words.begin(), words.end()));
  return value->string;
}

void TableReader::finish() {
  for (const TomlEntry &entry : table.entries)
    if (!llvm::is_contained(asked, entry.key))
      complaints.add(entry.place, "unknown key `" + entry.key + "` in " + name +
                                      suggestion(entry.key, asked));
}

void TableReader::complainUnknown(llvm::StringRef key, const TomlValue &value,
                                  llvm::ArrayRef<llvm::StringRef> known) {
  complain(value, "unknown `" + key + "` \"" + value.string + "\"" +
                      suggestion(value.string, known));
}
