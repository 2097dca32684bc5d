//===- StableVector.h - a sequence that grows and never moves -------------===//
//
// Elements lie in pages of a few hundred, so that one is found by its number
// with a single access beyond a table of pages that stays in the cache. The
// standard's deque keeps references valid as well, but libstdc++ gives each
// element above 256 bytes a piece of memory of its own; llvm::PagedVector
// cannot be moved as a whole.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_SUPPORT_STABLEVECTOR_H
#define LOOPLINT_SUPPORT_STABLEVECTOR_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/iterator.h"
#include "llvm/Support/MemAlloc.h"

#include <cassert>
#include <cstddef>
#include <iterator>
#include <memory>
#include <utility>

namespace looplint {

/// A sequence of \p T that only grows. References to elements stay valid until
/// it is destroyed, also when it is moved.
template <typename T> class StableVector {
public:
  StableVector() = default;
  StableVector(StableVector &&other) noexcept
      : pages(std::exchange(other.pages, {})),
        count(std::exchange(other.count, 0)) {}
  StableVector &operator=(StableVector &&other) noexcept {
    std::swap(pages, other.pages);
    std::swap(count, other.count);
    return *this;
  }
  ~StableVector() {
    for (std::size_t i = 0; i < count; ++i)
      std::destroy_at(&(*this)[i]);
    for (T *page : pages)
      llvm::deallocate_buffer(page, pageSize * sizeof(T), alignof(T));
  }

  std::size_t size() const { return count; }
  bool empty() const { return count == 0; }

  T &operator[](std::size_t i) {
    assert(i < count);
    return pages[i / pageSize][i % pageSize];
  }
  const T &operator[](std::size_t i) const {
    assert(i < count);
    return pages[i / pageSize][i % pageSize];
  }

  template <typename... Arguments> T &emplace_back(Arguments &&...arguments) {
    if (count == pages.size() * pageSize)
      pages.push_back(static_cast<T *>(
          llvm::allocate_buffer(pageSize * sizeof(T), alignof(T))));
    T *made = std::construct_at(&pages[count / pageSize][count % pageSize],
                                std::forward<Arguments>(arguments)...);
    ++count;
    return *made;
  }
  void push_back(T value) { emplace_back(std::move(value)); }

  template <typename Sequence, typename Element>
  class Iterator
      : public llvm::iterator_facade_base<Iterator<Sequence, Element>,
                                          std::random_access_iterator_tag,
                                          Element> {
  public:
    Iterator() = default;
    Iterator(Sequence &sequence, std::size_t at)
        : sequence(&sequence), at(at) {}
    Element &operator*() const { return (*sequence)[at]; }
    Iterator &operator+=(std::ptrdiff_t distance) {
      at += distance;
      return *this;
    }
    Iterator &operator-=(std::ptrdiff_t distance) {
      at -= distance;
      return *this;
    }
    std::ptrdiff_t operator-(const Iterator &other) const {
      return static_cast<std::ptrdiff_t>(at - other.at);
    }
    bool operator==(const Iterator &other) const { return at == other.at; }
    bool operator<(const Iterator &other) const { return at < other.at; }

  private:
    Sequence *sequence = nullptr;
    std::size_t at = 0;
  };

  Iterator<StableVector, T> begin() { return {*this, 0}; }
  Iterator<StableVector, T> end() { return {*this, count}; }
  Iterator<const StableVector, const T> begin() const { return {*this, 0}; }
  Iterator<const StableVector, const T> end() const { return {*this, count}; }

private:
  static constexpr std::size_t pageSize = 256;

  llvm::SmallVector<T *, 0> pages;
  std::size_t count = 0;
};

} // namespace looplint

#endif // LOOPLINT_SUPPORT_STABLEVECTOR_H
