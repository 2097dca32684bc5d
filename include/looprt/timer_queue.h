// Timers in exact order: by due time, then priority, then the order of arming.
//
// A 4-ary heap of small entries over a table of slots:
//
//   heap   due (8) | priority and sequence (8) | slot (4) | generation (4)
//   slots  payload (8) | generation (4) | next free slot (4)
//
// An entry holds everything that a comparison needs, so sifting touches the
// heap alone and never a slot: that is what makes arming cheap. The price is
// that a cancelled timer cannot be found in the heap; it is left there as an
// orphan (its slot has another generation), falls out at the top, and is swept
// when orphans are the majority. A timing wheel arms faster, but has to sort a
// slot before its first timer may leave; a million timers due at once would
// stall the loop. ADR 0004 has the numbers.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

namespace looprt {

/// Names an armed timer. Stays invalid for ever once that has fired or is
/// cancelled; no_timer is never valid.
enum class timer_id : std::uint64_t {};
inline constexpr timer_id no_timer{0};

/// \p TimePoint is steady_time or wall_time (anything with a 64-bit
/// representation); \p Payload is at most eight bytes and trivially copyable.
/// Not thread-safe. Arming and firing cost O(log n), cancelling O(1) amortised.
template <class TimePoint, class Payload = std::uint64_t> class timer_queue {
  static_assert(sizeof(TimePoint) == 8 && sizeof(Payload) <= 8);

public:
  struct timer {
    TimePoint due;
    Payload payload;
  };

  /// Where \p due and \p priority are equal, timers fire in the order of
  /// arming. Smaller priorities fire first.
  timer_id arm(TimePoint due, Payload payload, std::int16_t priority = 0) {
    const std::uint32_t slot = take_slot(payload);
    const auto rank = static_cast<std::uint64_t>(priority + 32768);
    heap.push_back(
        {due, rank << 48 | sequence++, slot, slots[slot].generation});
    sift_up(heap.size() - 1);
    ++live;
    return id_of(slot);
  }

  /// False where the timer is not armed (any more).
  bool cancel(timer_id id) {
    const std::optional<std::uint32_t> slot = slot_of(id);
    if (!slot)
      return false;

    release_slot(*slot);
    --live;
    if (heap.size() > 2 * live + 64)
      sweep();
    drop_orphans();
    return true;
  }

  bool is_armed(timer_id id) const { return slot_of(id).has_value(); }

  /// When the first timer is due.
  std::optional<TimePoint> next_deadline() const {
    if (heap.empty())
      return std::nullopt;
    return heap.front().due;
  }

  /// Takes out the first timer, if it is due.
  std::optional<timer> pop_due(TimePoint now) {
    if (heap.empty() || now < heap.front().due)
      return std::nullopt;

    const entry first = heap.front();
    const timer fired{first.due, slots[first.slot].payload};
    release_slot(first.slot);
    --live;
    pop_top();
    drop_orphans();
    return fired;
  }

  /// Calls `fire(timer)` for at most \p budget timers that are due, and returns
  /// how many there were. \p fire may arm and cancel timers of this queue.
  template <class Fire>
  std::size_t run_due(TimePoint now, std::size_t budget, Fire &&fire) {
    std::size_t fired = 0;
    for (; fired < budget; ++fired) {
      const std::optional<timer> due = pop_due(now);
      if (!due)
        break;
      fire(*due);
    }
    return fired;
  }

  std::size_t size() const { return live; }
  bool empty() const { return live == 0; }

  void reserve(std::size_t timers) {
    heap.reserve(timers);
    slots.reserve(timers);
  }

  /// Bytes that the queue has allocated.
  std::size_t memory() const {
    return heap.capacity() * sizeof(entry) + slots.capacity() * sizeof(slot);
  }

private:
  struct entry {
    TimePoint due;
    std::uint64_t order; // priority in the upper 16 bits, then the sequence
    std::uint32_t slot;
    std::uint32_t generation;

    bool before(const entry &other) const {
      return due != other.due ? due < other.due : order < other.order;
    }
  };

  struct slot {
    Payload payload;
    std::uint32_t generation;
    std::uint32_t next_free;
  };

  static constexpr std::uint32_t none =
      std::numeric_limits<std::uint32_t>::max();
  static constexpr std::size_t arity = 4;

  timer_id id_of(std::uint32_t slot) const {
    return timer_id{std::uint64_t{slots[slot].generation} << 32 | slot};
  }

  // A generation is odd while its slot is in use, so no_timer finds none.
  std::optional<std::uint32_t> slot_of(timer_id id) const {
    const auto value = static_cast<std::uint64_t>(id);
    const auto slot = static_cast<std::uint32_t>(value);
    const auto generation = static_cast<std::uint32_t>(value >> 32);
    if (generation % 2 == 0 || slot >= slots.size() ||
        slots[slot].generation != generation)
      return std::nullopt;
    return slot;
  }

  std::uint32_t take_slot(Payload payload) {
    if (first_free == none) {
      slots.push_back({payload, 1, none});
      return static_cast<std::uint32_t>(slots.size() - 1);
    }

    const std::uint32_t taken = first_free;
    first_free = slots[taken].next_free;
    slots[taken].payload = payload;
    ++slots[taken].generation;
    return taken;
  }

  void release_slot(std::uint32_t slot) {
    ++slots[slot].generation;
    slots[slot].next_free = first_free;
    first_free = slot;
  }

  bool is_orphan(const entry &candidate) const {
    return slots[candidate.slot].generation != candidate.generation;
  }

  // Holds between calls: the entry on top, if any, is a live timer.
  void drop_orphans() {
    while (!heap.empty() && is_orphan(heap.front()))
      pop_top();
  }

  void sweep() {
    std::erase_if(
        heap, [this](const entry &candidate) { return is_orphan(candidate); });
    for (std::size_t at = heap.size() / arity + 1; at-- > 0;)
      sift_down(at);
  }

  void pop_top() {
    heap.front() = heap.back();
    heap.pop_back();
    sift_down(0);
  }

  void sift_up(std::size_t at) {
    const entry moving = heap[at];
    while (at > 0) {
      const std::size_t parent = (at - 1) / arity;
      if (!moving.before(heap[parent]))
        break;
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = moving;
  }

  void sift_down(std::size_t at) {
    if (at >= heap.size())
      return;

    const entry moving = heap[at];
    for (;;) {
      const std::size_t first = at * arity + 1;
      if (first >= heap.size())
        break;

      const std::size_t end = std::min(first + arity, heap.size());
      std::size_t least = first;
      for (std::size_t child = first + 1; child < end; ++child)
        if (heap[child].before(heap[least]))
          least = child;
      if (!heap[least].before(moving))
        break;
      heap[at] = heap[least];
      at = least;
    }
    heap[at] = moving;
  }

  std::vector<entry> heap;
  std::vector<slot> slots;
  std::uint32_t first_free = none;
  std::uint64_t sequence = 0;
  std::size_t live = 0;
};

} // namespace looprt
