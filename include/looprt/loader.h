// The loader without a loop: who asked for which key, what is being fetched,
// what is known. Drivers (data_loader<K, V> on a task, looprt.DataLoader on
// asyncio) decide when a batch leaves, and run it.
//
// One entry per key, shared by all who wait for it:
//
//   load      not known: the key joins the open batch; known: answered at once
//   take      the open batch leaves, in pieces of max_batch_size
//   settle    an answer for one key; its waiters are handed back to be woken
//   forget    a waiter leaves. The others stay. Only where the last waiter of
//             the last key of a batch leaves is there nothing left to fetch
//
// A key's error goes to the waiters of that key alone, and is not cached unless
// asked for: the next load tries again.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

namespace looprt {

struct loader_options {
  bool cache = true;
  bool cache_errors = false;
  bool batch = true; ///< false: every key is a batch of its own
  std::size_t max_batch_size = std::numeric_limits<std::size_t>::max();
  /// How many batches may be under way; further ones wait for one to end.
  std::size_t max_concurrent_batches = std::numeric_limits<std::size_t>::max();
};

struct loader_stats {
  std::uint64_t loads = 0;   ///< calls of load()
  std::uint64_t hits = 0;    ///< answered from the cache
  std::uint64_t joined = 0;  ///< asked for a key that was asked for before
  std::uint64_t batches = 0; ///< that left
  std::uint64_t keys = 0;    ///< in them
};

enum class batch_id : std::uint64_t { none = 0 };

/// \p Waiter is what the driver needs to wake one who waits (a coroutine, a
/// Python future); it is moved, never copied. Not thread-safe: a loader belongs
/// to one scope of one run of one loop.
template <class Key, class Value, class Error, class Waiter,
          class Hash = std::hash<Key>, class Equal = std::equal_to<Key>>
class loader_core {
  struct entry;

public:
  using outcome = std::variant<Value, Error>;

  /// Names a waiter, to forget it.
  class ticket {
    std::shared_ptr<entry> target;
    std::uint64_t waiter = 0;
    friend loader_core;
  };

  struct batch {
    batch_id id = batch_id::none;
    std::vector<Key> keys; ///< each once, in the order in which they came
  };

  explicit loader_core(loader_options options = {}) : options(options) {}

  /// The cached answer, or nullptr; valid until the next call.
  const outcome *cached(const Key &key) {
    ++numbers.loads;
    const auto found = known.find(key);
    if (found == known.end() || !found->second->answer)
      return nullptr;
    ++numbers.hits;
    return &*found->second->answer;
  }

  /// To be called where cached() had nothing. Returns true in `opened` where
  /// this is the first key of the open batch, so that the driver arranges for
  /// take() at the end of the tick.
  struct waiting {
    ticket id;
    bool opened;
  };
  waiting wait(const Key &key, Waiter waiter);

  bool has_open_batch() const { return open_keys > 0; }

  /// Takes the next batch that may leave; call it until it has none, at the end
  /// of a tick that opened a batch and whenever a batch has ended.
  std::optional<batch> take();

  /// The answer for the \p position-th key of \p id. Those who wait for it are
  /// appended to \p ready, in the order in which they came; all get \p answer.
  /// False where that key has its answer or the batch is gone.
  bool settle(batch_id id, std::size_t position, outcome answer,
              std::vector<Waiter> &ready);

  /// The batch has ended. Keys without an answer get \p missing.
  void end(batch_id id, const Error &missing, std::vector<Waiter> &ready);

  /// A waiter leaves. Returns the batch that nobody waits for any longer, to be
  /// cancelled by the driver and then ended; batch_id::none otherwise.
  batch_id forget(ticket waiter);

  /// Puts an answer into the cache, as if it had been loaded. Where the key is
  /// known it stays, unless \p force. Those who wait keep waiting.
  bool prime(const Key &key, outcome answer, bool force = false);

  /// Forgets the answer. A fetch that is under way will answer those who wait
  /// and not be cached.
  void clear(const Key &key) { known.erase(key); }
  void clear_all() { known.clear(); }

  std::size_t batches_under_way() const { return under_way.size(); }
  const loader_stats &stats() const { return numbers; }

private:
  struct entry {
    explicit entry(const Key &key) : key(key) {}

    Key key;
    std::optional<outcome> answer;
    std::vector<std::pair<std::uint64_t, Waiter>> waiters;
    batch_id batch = batch_id::none; // none while the batch is open
    bool dropped = false;            // nobody waited before it left
  };
  using shared_entry = std::shared_ptr<entry>;

  struct flight {
    std::vector<shared_entry> entries;
    std::size_t wanted = 0; // entries that somebody waits for
  };

  void answer(entry &target, const outcome &given, bool keep, flight &of,
              std::vector<Waiter> &ready);
  void unlist(const entry &target);
  batch_id leave_open(entry &target);
  batch_id leave_flight(entry &target);

  loader_options options;
  std::unordered_map<Key, shared_entry, Hash, Equal> known;
  std::vector<shared_entry> open; // from `taken` on
  std::size_t taken = 0;
  std::size_t open_keys = 0; // without those that were dropped
  std::unordered_map<std::uint64_t, flight> under_way; // by batch id
  std::uint64_t last_batch = 0;
  std::uint64_t last_waiter = 0;
  loader_stats numbers;
};

} // namespace looprt

#include "looprt/loader_impl.h"
