//===- InternTable.h - finds equal values by hash -------------------------===//
//
// The values live in a store of the caller's, in which ids are positions; the
// table only knows hashes and ids. Open addressing over one array: half the
// time of the analysis is spent in such look-ups, and std::unordered_multimap
// takes three times as long.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_SUPPORT_INTERNTABLE_H
#define LOOPLINT_SUPPORT_INTERNTABLE_H

#include <cstddef>
#include <cstdint>
#include <vector>

namespace looplint {

template <typename IdType> class InternTable {
public:
  InternTable() : slots(64) {}

  /// The id for which \p isEqual holds, of those with this hash; invalid where
  /// there is none.
  template <typename Predicate>
  IdType find(std::uint64_t hash, Predicate isEqual) const {
    auto short32 = shortened(hash);
    for (std::size_t at = short32 & mask();; at = (at + 1) & mask()) {
      const Slot &slot = slots[at];
      if (!slot.id)
        return IdType();
      if (slot.hash == short32 && isEqual(slot.id))
        return slot.id;
    }
  }

  /// \p id must not be in the table yet.
  void insert(std::uint64_t hash, IdType id) {
    if (++count * 2 > slots.size())
      grow();
    place({shortened(hash), id});
  }

private:
  struct Slot {
    std::uint32_t hash = 0;
    IdType id;
  };

  std::size_t mask() const { return slots.size() - 1; }

  static std::uint32_t shortened(std::uint64_t hash) {
    hash *= 0x9E37'79B9'7F4A'7C15;
    return static_cast<std::uint32_t>(hash >> 32);
  }

  void place(Slot slot) {
    std::size_t at = slot.hash & mask();
    while (slots[at].id)
      at = (at + 1) & mask();
    slots[at] = slot;
  }

  void grow() {
    std::vector<Slot> old(slots.size() * 2);
    old.swap(slots);
    for (const Slot &slot : old)
      if (slot.id)
        place(slot);
  }

  std::vector<Slot> slots;
  std::size_t count = 0;
};

} // namespace looplint

#endif // LOOPLINT_SUPPORT_INTERNTABLE_H
