//===- Toml.cpp - the only file that sees toml++ --------------------------===//

#include "looplint/Models/Toml.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/LineIterator.h"

#include <tuple>

#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h> // IWYU pragma: keep

using namespace looplint;

const TomlValue *TomlValue::find(llvm::StringRef key) const {
  auto found = llvm::find_if(
      entries, [&](const TomlEntry &entry) { return entry.key == key; });
  return found == entries.end() ? nullptr : &found->value;
}

llvm::StringRef looplint::describe(TomlValue::Kind kind) {
  switch (kind) {
  case TomlValue::Table:
    return "a table";
  case TomlValue::Array:
    return "an array";
  case TomlValue::String:
    return "a string";
  case TomlValue::Integer:
    return "an integer";
  case TomlValue::Float:
    return "a number";
  case TomlValue::Boolean:
    return "a boolean";
  case TomlValue::Time:
    return "a date or time";
  }
  llvm_unreachable("a kind of value without a name");
}

static TomlPlace placeOf(const toml::source_region &region) {
  return {region.begin.line, region.begin.column};
}

namespace {

/// A value that is still to be converted, and where to.
struct Pending {
  const toml::node *from;
  TomlValue *to;
};

} // namespace

static void convertTable(const toml::table &from, TomlValue &to,
                         llvm::SmallVectorImpl<Pending> &pending) {
  to.kind = TomlValue::Table;
  // toml++ sorts a table by its keys; readers want the order of the file.
  std::vector<std::pair<const toml::key *, const toml::node *>> items;
  for (auto &&[key, node] : from)
    items.emplace_back(&key, &node);
  llvm::stable_sort(items, [](const auto &left, const auto &right) {
    const TomlPlace a = placeOf(left.first->source());
    const TomlPlace b = placeOf(right.first->source());
    return std::tie(a.line, a.column) < std::tie(b.line, b.column);
  });

  to.entries.resize(items.size());
  for (auto [entry, item] : llvm::zip_equal(to.entries, items)) {
    entry.key = item.first->str();
    entry.place = placeOf(item.first->source());
    pending.push_back({item.second, &entry.value});
  }
}

static void convertArray(const toml::array &from, TomlValue &to,
                         llvm::SmallVectorImpl<Pending> &pending) {
  to.kind = TomlValue::Array;
  to.elements.resize(from.size());
  for (std::size_t index = 0; index < from.size(); ++index)
    pending.push_back({from.get(index), &to.elements[index]});
}

static void convertScalar(const toml::node &from, TomlValue &to) {
  if (const toml::value<std::string> *string = from.as_string()) {
    to.kind = TomlValue::String;
    to.string = string->get();
    return;
  }
  if (const toml::value<std::int64_t> *integer = from.as_integer()) {
    to.kind = TomlValue::Integer;
    to.integer = integer->get();
    return;
  }
  if (const toml::value<double> *number = from.as_floating_point()) {
    to.kind = TomlValue::Float;
    to.number = number->get();
    return;
  }
  if (const toml::value<bool> *boolean = from.as_boolean()) {
    to.kind = TomlValue::Boolean;
    to.boolean = boolean->get();
    return;
  }
  to.kind = TomlValue::Time;
}

static TomlValue convert(const toml::table &root) {
  TomlValue result;
  llvm::SmallVector<Pending> pending = {{&root, &result}};
  while (!pending.empty()) {
    auto [from, to] = pending.pop_back_val();
    to->place = placeOf(from->source());
    if (const toml::table *table = from->as_table())
      convertTable(*table, *to, pending);
    else if (const toml::array *array = from->as_array())
      convertArray(*array, *to, pending);
    else
      convertScalar(*from, *to);
  }
  return result;
}

llvm::Error looplint::tomlError(llvm::StringRef path, TomlPlace place,
                                const llvm::Twine &message) {
  return llvm::createStringError(path + ":" + llvm::Twine(place.line) + ":" +
                                 llvm::Twine(place.column) + ": " + message);
}

/// How many tables deep the key at the start of \p line reaches.
static unsigned depthOfKey(llvm::StringRef line) {
  unsigned depth = 1;
  char quote = 0;
  for (char c : line) {
    if (quote) {
      quote = c == quote ? 0 : quote;
      continue;
    }
    if (c == '=' || c == '#')
      break;
    if (c == '"' || c == '\'')
      quote = c;
    depth += c == '.';
  }
  return depth;
}

/// toml++ limits the depth of arrays and inline tables, but not that of dotted
/// keys, and frees what it built recursively: 100,000 dots would end in a
/// stack overflow. So such a file is refused before it is parsed.
static llvm::Error refuseDeepKeys(llvm::MemoryBufferRef file) {
  constexpr unsigned deepest = 64;
  for (llvm::line_iterator line(file, /*SkipBlanks=*/true); !line.is_at_eof();
       ++line)
    if (depthOfKey(*line) > deepest)
      return tomlError(file.getBufferIdentifier(),
                       {static_cast<unsigned>(line.line_number()), 1},
                       "a key of more than " + llvm::Twine(deepest) + " parts");
  return llvm::Error::success();
}

llvm::Expected<TomlValue> looplint::parseToml(llvm::MemoryBufferRef file) {
  if (llvm::Error deep = refuseDeepKeys(file))
    return deep;

  const toml::parse_result parsed =
      toml::parse(std::string_view(file.getBuffer()),
                  std::string_view(file.getBufferIdentifier()));
  if (parsed)
    return convert(parsed.table());
  return tomlError(file.getBufferIdentifier(), placeOf(parsed.error().source()),
                   llvm::StringRef(parsed.error().description()));
}
