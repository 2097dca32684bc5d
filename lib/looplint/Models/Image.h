//===- Image.h - models as one block of bytes -----------------------------===//
//
// The built-in models are compiled into the binary as an image: looked up in
// place, decoded entity by entity when first asked for, so that a run pays
// for what it uses. No pointers, hence no relocations at start-up.
//
//   image   = header, payloads, strings, tables
//   header  = u32 offset of each Table, in the order of the enumeration,
//             then of the lists
//   table   = u32 count, u32 buckets (a power of two, at least twice `count`),
//             u32 bucket[buckets]      0, or 1 + the number of an entry
//             {u32 name, u32 payload}[count], by name
//   name    = offset of a string: its length as a varint, then its bytes
//   payload = offset of the fields of Fields.h: integers as varints (seven
//             bits a byte, lowest first), strings as the varint of an offset
//
// An entry is searched from bucket xxh3(name) % buckets on. Integers of fixed
// width are little endian.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_LIB_MODELS_IMAGE_H
#define LOOPLINT_LIB_MODELS_IMAGE_H

#include "Fields.h"

#include "llvm/ADT/StringRef.h"

#include <atomic>
#include <memory>
#include <optional>

namespace looplint::models {

enum class Table : std::uint8_t {
  Functions, // ApiFunction
  Types,     // ApiType
  Objects,   // ApiObject
  Aliases,   // the name it stands for
  Modules,   // nothing
};
inline constexpr std::size_t tableCount = 5;

/// What is not looked up by name, read as a whole.
struct Lists {
  std::vector<LibraryInfo> libraries;
  std::vector<EntryRule> entries;
  std::vector<std::string> words;
  std::vector<std::string> loopTypes;
  std::vector<std::string> awaitableTypes;
  std::vector<std::string> defines;
  /// Aliases with `*` in them.
  std::vector<std::pair<std::string, std::string>> patterns;
};

template <typename Archive> void visit(Archive &archive, Lists &value) {
  archive(value.libraries, value.entries, value.words, value.loopTypes,
          value.awaitableTypes, value.defines, value.patterns);
}

/// Reads fields from an image. The image is our own product: what is wrong
/// with it is a bug.
class Decoder {
public:
  Decoder(llvm::StringRef image, std::uint32_t offset)
      : image(image), offset(offset) {}

  template <typename... Fields> void operator()(Fields &...fields) {
    (read(fields), ...);
  }

  llvm::StringRef text();

private:
  std::uint32_t varint();

  template <typename Scalar>
    requires std::is_integral_v<Scalar> || std::is_enum_v<Scalar>
  void read(Scalar &value) {
    value = static_cast<Scalar>(varint());
  }

  void read(std::string &value) { value = text().str(); }

  template <typename First, typename Second>
  void read(std::pair<First, Second> &value) {
    read(value.first);
    read(value.second);
  }

  template <typename List>
    requires requires(List list) { list.emplace_back(); }
  void read(List &list) {
    const std::uint32_t count = varint();
    list.reserve(count);
    for (std::uint32_t index = 0; index < count; ++index)
      read(list.emplace_back());
  }

  template <typename Element> void read(llvm::StringMap<Element> &map) {
    for (std::uint32_t count = varint(); count; --count) {
      const llvm::StringRef key = text();
      read(map[key]);
    }
  }

  template <typename Structure>
    requires requires(Decoder &decoder, Structure &value) {
      visit(decoder, value);
    }
  void read(Structure &value) {
    visit(*this, value);
  }

  llvm::StringRef image;
  std::uint32_t offset;
};

/// One table of an image.
class TableView {
public:
  TableView() = default;
  TableView(llvm::StringRef image, Table table);

  std::uint32_t size() const { return count; }
  std::optional<std::uint32_t> find(llvm::StringRef name) const;
  llvm::StringRef name(std::uint32_t index) const;
  Decoder payload(std::uint32_t index) const;

private:
  std::uint32_t word(std::uint32_t offset) const;

  llvm::StringRef image;
  std::uint32_t count = 0;
  std::uint32_t mask = 0; // buckets - 1
  std::uint32_t buckets = 0;
  std::uint32_t entries = 0;
};

/// A table whose entries are decoded when they are first asked for. Any number
/// of threads may ask: two may decode the same entry, one result is kept.
template <typename Entity> class LazyTable {
public:
  LazyTable() = default;
  LazyTable(llvm::StringRef image, Table table)
      : view(image, table),
        slots(std::make_unique<std::atomic<const Entity *>[]>(view.size())) {}
  LazyTable(const LazyTable &) = delete;
  LazyTable &operator=(const LazyTable &) = delete;

  ~LazyTable() {
    for (std::uint32_t index = 0; index < view.size(); ++index)
      delete slots[index].load(std::memory_order_relaxed);
  }

  const Entity *find(llvm::StringRef name) const {
    const std::optional<std::uint32_t> index = view.find(name);
    return index ? at(*index) : nullptr;
  }

  const TableView &names() const { return view; }

private:
  const Entity *at(std::uint32_t index) const {
    std::atomic<const Entity *> &slot = slots[index];
    if (const Entity *known = slot.load(std::memory_order_acquire))
      return known;
    auto decoded = std::make_unique<Entity>();
    Decoder decoder = view.payload(index);
    decoder(*decoded);
    const Entity *winner = nullptr;
    if (slot.compare_exchange_strong(winner, decoded.get(),
                                     std::memory_order_acq_rel))
      return decoded.release();
    return winner;
  }

  TableView view;
  std::unique_ptr<std::atomic<const Entity *>[]> slots;
};

Lists readLists(llvm::StringRef image);

} // namespace looplint::models

#endif // LOOPLINT_LIB_MODELS_IMAGE_H
