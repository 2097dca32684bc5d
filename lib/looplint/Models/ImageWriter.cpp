//===- ImageWriter.cpp - models to bytes ----------------------------------===//

#include "ImageWriter.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/xxhash.h"

using namespace looplint;
using namespace looplint::models;

namespace {

/// Fields go to a buffer of their own, while the strings they refer to are
/// already appended to the image; finish() appends the fields behind them.
class Encoder {
public:
  template <typename... Fields> void operator()(Fields &...fields) {
    (write(fields), ...);
  }

  /// Appends what was written since the last call; its offset.
  std::uint32_t finish();
  /// The offset of \p text, which is stored once.
  std::uint32_t intern(llvm::StringRef text);

  std::uint32_t size() const {
    return static_cast<std::uint32_t>(image.size());
  }

  void appendWord(std::uint32_t value);
  void setHeader(std::size_t index, std::uint32_t value);

  std::string take() { return std::move(image); }

private:
  static void appendVarint(std::string &to, std::uint32_t value);

  template <typename Scalar>
    requires std::is_integral_v<Scalar> || std::is_enum_v<Scalar>
  void write(Scalar value) {
    appendVarint(fields, static_cast<std::uint32_t>(value));
  }

  void write(const std::string &value) { appendVarint(fields, intern(value)); }

  template <typename First, typename Second>
  void write(std::pair<First, Second> &value) {
    write(value.first);
    write(value.second);
  }

  template <typename List>
    requires requires(List list) { list.emplace_back(); }
  void write(List &list) {
    write(list.size());
    for (auto &element : list)
      write(element);
  }

  template <typename Element> void write(llvm::StringMap<Element> &map) {
    write(map.size());
    for (llvm::StringMapEntry<Element> *entry : byName(map)) {
      appendVarint(fields, intern(entry->getKey()));
      write(entry->getValue());
    }
  }

  template <typename Structure>
    requires requires(Encoder &encoder, Structure &value) {
      visit(encoder, value);
    }
  void write(Structure &value) {
    visit(*this, value);
  }

public:
  /// A hash table's order is no order: an image has to be reproducible.
  template <typename Element>
  static std::vector<llvm::StringMapEntry<Element> *>
  byName(llvm::StringMap<Element> &map) {
    std::vector<llvm::StringMapEntry<Element> *> result;
    for (llvm::StringMapEntry<Element> &entry : map)
      result.push_back(&entry);
    llvm::sort(result, [](const auto *left, const auto *right) {
      return left->getKey() < right->getKey();
    });
    return result;
  }

private:
  std::string image = std::string(4 * (tableCount + 1), '\0');
  std::string fields;
  llvm::StringMap<std::uint32_t> strings;
};

} // namespace

void Encoder::appendVarint(std::string &to, std::uint32_t value) {
  for (; value >= 0x80; value >>= 7)
    to.push_back(static_cast<char>(value | 0x80));
  to.push_back(static_cast<char>(value));
}

std::uint32_t Encoder::finish() {
  const std::uint32_t offset = size();
  image += fields;
  fields.clear();
  return offset;
}

std::uint32_t Encoder::intern(llvm::StringRef text) {
  auto [known, isNew] = strings.try_emplace(text, size());
  if (isNew) {
    appendVarint(image, static_cast<std::uint32_t>(text.size()));
    image += text;
  }
  return known->second;
}

void Encoder::appendWord(std::uint32_t value) {
  char bytes[4];
  llvm::support::endian::write32le(bytes, value);
  image.append(bytes, sizeof bytes);
}

void Encoder::setHeader(std::size_t index, std::uint32_t value) {
  llvm::support::endian::write32le(image.data() + 4 * index, value);
}

/// Which entry each bucket holds, plus one.
static std::vector<std::uint32_t>
fillBuckets(llvm::ArrayRef<llvm::StringRef> names) {
  const std::size_t count = llvm::PowerOf2Ceil(2 * names.size() + 2);
  std::vector<std::uint32_t> buckets(count);
  for (std::size_t index = 0; index < names.size(); ++index) {
    std::size_t bucket = llvm::xxh3_64bits(names[index]) & (count - 1);
    while (buckets[bucket])
      bucket = (bucket + 1) & (count - 1);
    buckets[bucket] = static_cast<std::uint32_t>(index + 1);
  }
  return buckets;
}

template <typename Element>
static void writeTable(Encoder &encoder, Table table,
                       llvm::StringMap<Element> &map) {
  std::vector<llvm::StringRef> names;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> entries;
  for (llvm::StringMapEntry<Element> *entry : Encoder::byName(map)) {
    names.push_back(entry->getKey());
    const std::uint32_t name = encoder.intern(entry->getKey());
    if constexpr (!std::is_empty_v<Element>)
      encoder(entry->getValue());
    entries.emplace_back(name, encoder.finish());
  }

  const std::vector<std::uint32_t> buckets = fillBuckets(names);
  encoder.setHeader(static_cast<std::size_t>(table), encoder.size());
  encoder.appendWord(static_cast<std::uint32_t>(names.size()));
  encoder.appendWord(static_cast<std::uint32_t>(buckets.size()));
  for (std::uint32_t bucket : buckets)
    encoder.appendWord(bucket);
  for (auto [name, payload] : entries) {
    encoder.appendWord(name);
    encoder.appendWord(payload);
  }
}

std::string models::writeImage(Entities &entities, Lists &lists) {
  Encoder encoder;
  writeTable(encoder, Table::Functions, entities.functions);
  writeTable(encoder, Table::Types, entities.types);
  writeTable(encoder, Table::Objects, entities.objects);
  writeTable(encoder, Table::Aliases, entities.aliases);
  writeTable(encoder, Table::Modules, entities.modules);
  encoder(lists);
  encoder.setHeader(tableCount, encoder.finish());
  return encoder.take();
}
