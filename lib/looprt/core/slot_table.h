// Objects with stable addresses under ids that are never reused: the upper half
// of an id is the generation of its slot, odd while the slot is in use. Memory
// grows by blocks and free slots are a list through themselves, so that nothing
// ever moves a million objects at once.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <vector>

namespace looprt {

template <class Object, class Id> class slot_table {
public:
  Id insert(Object object) {
    const std::uint32_t index = first_free == none ? grow() : first_free;
    slot &taken = at(index);
    first_free = taken.next_free;
    taken.object.emplace(std::move(object));
    ++taken.generation;
    ++used;
    return Id{std::uint64_t{taken.generation} << 32 | index};
  }

  /// nullptr where the object is gone.
  Object *find(Id id) {
    const auto value = static_cast<std::uint64_t>(id);
    const auto index = static_cast<std::uint32_t>(value);
    if (index >= slots)
      return nullptr;
    slot &found = at(index);
    if (!found.object || found.generation != value >> 32)
      return nullptr;
    return &*found.object;
  }

  const Object *find(Id id) const {
    return const_cast<slot_table *>(this)->find(id);
  }

  /// \p id must be valid.
  void erase(Id id) {
    const auto index = static_cast<std::uint32_t>(id);
    slot &left = at(index);
    left.object.reset();
    ++left.generation;
    left.next_free = first_free;
    first_free = index;
    --used;
  }

  std::size_t size() const { return used; }

  template <class Visit> void each(Visit visit) const {
    for (std::uint32_t index = 0; index < slots; ++index) {
      const slot &seen = (*blocks[index / block_size])[index % block_size];
      if (seen.object)
        visit(Id{std::uint64_t{seen.generation} << 32 | index}, *seen.object);
    }
  }

private:
  static constexpr std::uint32_t block_size = 256;

  static constexpr std::uint32_t none =
      std::numeric_limits<std::uint32_t>::max();

  struct slot {
    std::optional<Object> object;
    std::uint32_t generation = 0;
    std::uint32_t next_free = none; // of a slot without object
  };

  slot &at(std::uint32_t index) {
    return (*blocks[index / block_size])[index % block_size];
  }

  std::uint32_t grow() {
    if (slots % block_size == 0)
      blocks.push_back(std::make_unique<std::array<slot, block_size>>());
    return slots++;
  }

  std::vector<std::unique_ptr<std::array<slot, block_size>>> blocks;
  std::uint32_t first_free = none;
  std::uint32_t slots = 0;
  std::size_t used = 0;
};

} // namespace looprt
