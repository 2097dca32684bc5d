// Loads that batch. Everything that is loaded before the loop's next round goes
// to the batch function in one call; an answer is kept until the loader goes.
//
//   looprt::data_loader<int, User> users(fetch_users);
//   User user = co_await users.load(7);
//
// A loader belongs to one request, one run, one loop: make it where the request
// begins. One that is kept shows users each other's data (LOOP803), and is
// refused on another loop (LOOP404).
#pragma once

#include "looprt/event_loop.h"
#include "looprt/loader.h"
#include "looprt/misuse.h"
#include "looprt/sleep.h"

#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

namespace looprt {

/// A value, or why there is none.
template <class V> using load_result = std::variant<V, std::exception_ptr>;

template <class K, class V, class Hash = std::hash<K>,
          class Equal = std::equal_to<K>>
class data_loader {
public:
  /// One result per key, in the order of the keys. What it throws goes to all
  /// who wait for the batch.
  using batch_function =
      std::function<task<std::vector<load_result<V>>>(std::vector<K> keys)>;

  explicit data_loader(batch_function fetch, loader_options options = {})
      : state(std::make_shared<shared>(std::move(fetch), options)) {}

  /// Joins the batch of this round. Cancelling it harms nobody else who waits
  /// for the key; the batch is cancelled with the last of them.
  task<V> load(K key) {
    const std::shared_ptr<shared> self = state; // may outlive the loader
    const detail::here where = co_await detail::here();
    self->bind(where.loop);
    if (const outcome *known = self->core.cached(key))
      co_return unwrap(*known);
    wait waiting(*self, std::move(key));
    co_await waiting;
    co_return unwrap(*waiting.answer);
  }

  /// All of \p keys, in one batch; throws the first error of the keys in order.
  task<std::vector<V>> load_many(std::vector<K> keys) {
    const std::vector<load_result<V>> results =
        co_await settle_many(std::move(keys));
    std::vector<V> values;
    for (const load_result<V> &result : results)
      values.push_back(unwrap(result));
    co_return values;
  }

  /// The same, with each key's own error in its place.
  task<std::vector<load_result<V>>> settle_many(std::vector<K> keys) {
    const std::shared_ptr<shared> self = state;
    const detail::here where = co_await detail::here();
    self->bind(where.loop);
    std::vector<std::unique_ptr<wait>> waits;
    std::vector<load_result<V>> results(keys.size());
    for (std::size_t at = 0; at < keys.size(); ++at) {
      waits.push_back(nullptr);
      if (const outcome *known = self->core.cached(keys[at]))
        results[at] = *known;
      else
        waits[at] = std::make_unique<wait>(*self, std::move(keys[at]));
    }
    for (std::size_t at = 0; at < keys.size(); ++at) {
      if (!waits[at])
        continue;
      wait &waiting = *waits[at]; // GCC 12 copies what has no name
      co_await waiting;
      results[at] = *waiting.answer;
    }
    co_return results;
  }

  /// Puts \p value into the cache, unless the key is known; with \p force, even
  /// then.
  bool prime(const K &key, V value, bool force = false) {
    return state->core.prime(key, outcome(std::in_place_index<0>, value),
                             force);
  }

  void clear(const K &key) { state->core.clear(key); }
  void clear_all() { state->core.clear_all(); }
  const loader_stats &stats() const { return state->core.stats(); }

private:
  class wait;
  using core_type = loader_core<K, V, std::exception_ptr, wait *, Hash, Equal>;
  using outcome = typename core_type::outcome;

  static V unwrap(const outcome &answer) {
    if (answer.index() == 1)
      std::rethrow_exception(std::get<1>(answer));
    return std::get<0>(answer);
  }

  struct shared : std::enable_shared_from_this<shared> {
    shared(batch_function fetch, loader_options options)
        : fetch(std::move(fetch)), core(options) {}

    void bind(event_loop *running) {
      // Not by its address, which a later loop may have again.
      if (home && home != running->portal())
        misuse::loop_bound_object("data_loader");
      home = running->portal();
      loop = running;
    }

    /// Batches leave at the end of the round: in the next one, this comes
    /// after everything that was ready before.
    void leave_soon() { loop->start_soon(leave(this->shared_from_this())); }

    static task<void> leave(std::shared_ptr<shared> self) {
      self->take_batches();
      co_return;
    }

    void take_batches() {
      while (auto batch = core.take()) {
        const batch_id id = batch->id;
        auto scope = std::make_unique<cancel_scope>(&loop->scope());
        cancel_scope &own = *scope;
        scopes.emplace(id, std::move(scope));
        loop->start_soon(
            run_batch(this->shared_from_this(), id, std::move(batch->keys))
                .in(own));
      }
    }

    static task<void> run_batch(std::shared_ptr<shared> self, batch_id id,
                                std::vector<K> keys) {
      std::exception_ptr failure;
      std::vector<wait *> ready;
      const std::size_t count = keys.size();
      try {
        std::vector<load_result<V>> results =
            co_await self->fetch(std::move(keys));
        if (results.size() != count)
          throw std::length_error(
              "the batch function gave " + std::to_string(results.size()) +
              " results for " + std::to_string(count) + " keys");
        for (std::size_t at = 0; at < count; ++at)
          self->settle(id, at, std::move(results[at]), ready);
      } catch (...) {
        failure = std::current_exception();
      }
      self->end(id, failure, ready);
    }

    void settle(batch_id id, std::size_t position, outcome answer,
                std::vector<wait *> &ready) {
      const std::size_t first = ready.size();
      core.settle(id, position, answer, ready);
      for (std::size_t at = first; at < ready.size(); ++at)
        ready[at]->answer = answer;
    }

    void end(batch_id id, const std::exception_ptr &failure,
             std::vector<wait *> &ready) {
      const std::size_t first = ready.size();
      core.end(id, failure, ready);
      for (std::size_t at = first; at < ready.size(); ++at)
        ready[at]->answer.emplace(std::in_place_index<1>, failure);
      for (wait *woken : ready)
        woken->answered();
      scopes.erase(id);
      take_batches(); // one that had to wait for this one to end
    }

    batch_function fetch;
    core_type core;
    event_loop *loop = nullptr;
    std::shared_ptr<detail::portal_state> home;
    std::unordered_map<batch_id, std::unique_ptr<cancel_scope>> scopes;
  };

  /// One who waits for one key. It counts from its construction on, so that
  /// many can be made before the first is awaited.
  class wait final : public detail::waiter {
  public:
    wait(shared &loader, K key) : loader(loader.shared_from_this()) {
      auto joined = loader.core.wait(key, this);
      ticket = std::move(joined.id);
      if (joined.opened)
        loader.leave_soon();
    }

    ~wait() { leave(); }

    bool await_ready() const noexcept { return answer.has_value(); }
    template <class Promise>
    bool await_suspend(std::coroutine_handle<Promise> awaiting) {
      waits = list(awaiting.promise().loop, awaiting.promise().scope, awaiting);
      return waits;
    }
    void await_resume() {
      waits = false;
      if (!answer)
        throw_if_cancelled();
    }

    void answered() {
      if (std::exchange(waits, false))
        this->wake();
    }

    std::optional<outcome> answer;

  private:
    bool forget() noexcept override {
      waits = false;
      leave();
      return true;
    }

    void leave() {
      if (answer)
        return;
      const batch_id unwanted = loader->core.forget(std::move(ticket));
      ticket = {};
      if (unwanted != batch_id::none)
        loader->scopes.at(unwanted)->cancel();
    }

    std::shared_ptr<shared> loader;
    typename core_type::ticket ticket;
    bool waits = false;
  };

  std::shared_ptr<shared> state;
};

} // namespace looprt
