//===- Id.h - typed indices -----------------------------------------------===//
//
// Objects live in vectors and refer to each other by index: no pointer can
// dangle, no look-up can use the wrong table, iteration in id order is
// deterministic, and a table can be written to disk as it is.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_SUPPORT_ID_H
#define LOOPLINT_SUPPORT_ID_H

#include <cassert>
#include <compare>
#include <cstdint>
#include <functional>

namespace looplint {

/// An index into the table of \p Tag. A default-constructed id is invalid and
/// converts to false.
template <typename Tag> class Id {
public:
  constexpr Id() = default;
  constexpr explicit Id(std::uint32_t index) : value(index) {}

  constexpr explicit operator bool() const { return value != none; }
  constexpr std::uint32_t index() const {
    assert(value != none && "an invalid id has no index");
    return value;
  }

  /// The index, or 2^32-1 for an invalid id: for hashing and storage.
  constexpr std::uint32_t raw() const { return value; }

  friend constexpr auto operator<=>(Id, Id) = default;

private:
  static constexpr std::uint32_t none = 0xFFFF'FFFF;
  std::uint32_t value = none;
};

/// A half-open run of consecutive entries of a table.
struct IndexRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  constexpr std::uint32_t size() const { return end - begin; }
  constexpr bool empty() const { return begin == end; }
};

} // namespace looplint

template <typename Tag> struct std::hash<looplint::Id<Tag>> {
  std::size_t operator()(looplint::Id<Tag> id) const noexcept {
    return std::hash<std::uint32_t>{}(id.raw());
  }
};

#endif // LOOPLINT_SUPPORT_ID_H
