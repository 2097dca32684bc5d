// The store in a file.
//
//   schedules  name | task | arguments | trigger | options | last | paused |
//   note jobs       key | schedule | task | arguments | fire_time |
//   at_most_once | outcome
//
// Jobs are unique by (schedule, fire_time): that is the promise that a fire
// time becomes a job once, kept by the database. A finished job is kept only as
// long as its fire time could come again, which is until a later one of its
// schedule has finished. Times are microseconds since 1970.
#include "looprt/data_store.h"

#include <sqlite3.h>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace looprt {

namespace {

/// An advisory lock goes with the process, however it ends.
class file_lock {
public:
  explicit file_lock(const std::string &path)
      : file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644)) {
    if (file < 0)
      throw store_error("`" + path + "` cannot be opened");
    if (::flock(file, LOCK_EX | LOCK_NB) == 0)
      return;
    ::close(file);
    throw store_locked("another scheduler holds `" + path + "`");
  }
  file_lock(const file_lock &) = delete;
  file_lock &operator=(const file_lock &) = delete;
  ~file_lock() { ::close(file); }

private:
  int file;
};

/// One prepared statement, bound from left to right.
class statement {
public:
  statement(sqlite3 *database, const char *text) : database(database) {
    if (sqlite3_prepare_v2(database, text, -1, &prepared, nullptr) != SQLITE_OK)
      throw store_error(sqlite3_errmsg(database));
  }
  statement(const statement &) = delete;
  statement &operator=(const statement &) = delete;
  ~statement() { sqlite3_finalize(prepared); }

  statement &bind(const std::string &text) {
    sqlite3_bind_text(prepared, ++bound, text.data(),
                      static_cast<int>(text.size()), SQLITE_TRANSIENT);
    return *this;
  }
  statement &bind(std::int64_t number) {
    sqlite3_bind_int64(prepared, ++bound, number);
    return *this;
  }
  statement &bind(wall_time time) {
    return bind(std::int64_t{time.time_since_epoch().count()});
  }
  statement &bind(const std::optional<wall_time> &time) {
    if (time)
      return bind(*time);
    sqlite3_bind_null(prepared, ++bound);
    return *this;
  }

  /// True where there is a row.
  bool step() {
    const int result = sqlite3_step(prepared);
    if (result != SQLITE_ROW && result != SQLITE_DONE)
      throw store_error(sqlite3_errmsg(database));
    return result == SQLITE_ROW;
  }

  void run() {
    step();
    sqlite3_reset(prepared);
    bound = 0;
  }

  std::string text(int column) const {
    const auto *bytes = sqlite3_column_text(prepared, column);
    return bytes ? reinterpret_cast<const char *>(bytes) : "";
  }
  std::int64_t number(int column) const {
    return sqlite3_column_int64(prepared, column);
  }
  wall_time time(int column) const {
    return wall_time(microseconds(number(column)));
  }
  std::optional<wall_time> optional_time(int column) const {
    if (sqlite3_column_type(prepared, column) == SQLITE_NULL)
      return std::nullopt;
    return time(column);
  }

private:
  sqlite3 *database;
  sqlite3_stmt *prepared = nullptr;
  int bound = 0;
};

class database {
public:
  explicit database(const std::string &path) {
    if (sqlite3_open(path.c_str(), &handle) == SQLITE_OK)
      return;
    const std::string why = sqlite3_errmsg(handle);
    sqlite3_close(handle);
    throw store_error("`" + path + "`: " + why);
  }
  database(const database &) = delete;
  database &operator=(const database &) = delete;
  ~database() { sqlite3_close(handle); }

  operator sqlite3 *() const { return handle; }

  void execute(const char *text) const {
    if (sqlite3_exec(handle, text, nullptr, nullptr, nullptr) != SQLITE_OK)
      throw store_error(sqlite3_errmsg(handle));
  }

private:
  sqlite3 *handle = nullptr;
};

/// Rolls back unless it was committed.
class transaction {
public:
  explicit transaction(const database &on) : on(on) { on.execute("BEGIN"); }
  transaction(const transaction &) = delete;
  transaction &operator=(const transaction &) = delete;
  ~transaction() {
    if (!committed)
      sqlite3_exec(on, "ROLLBACK", nullptr, nullptr, nullptr);
  }

  void commit() {
    on.execute("COMMIT");
    committed = true;
  }

private:
  const database &on;
  bool committed = false;
};

constexpr const char *schema = R"(
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE IF NOT EXISTS schedules (
    name TEXT PRIMARY KEY, task TEXT NOT NULL, arguments TEXT NOT NULL,
    trigger TEXT NOT NULL, options TEXT NOT NULL, last INTEGER,
    paused INTEGER NOT NULL, note TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS jobs (
    key INTEGER PRIMARY KEY, schedule TEXT NOT NULL, task TEXT NOT NULL,
    arguments TEXT NOT NULL, fire_time INTEGER NOT NULL,
    at_most_once INTEGER NOT NULL, outcome INTEGER,
    UNIQUE (schedule, fire_time));
)";

class sqlite_store final : public data_store {
public:
  explicit sqlite_store(const std::string &path)
      : lock(path + ".lock"), data(path) {
    data.execute(schema);
  }

  std::vector<stored_schedule> schedules() override {
    statement select(data, "SELECT name, task, arguments, trigger, options, "
                           "last, paused, note FROM schedules ORDER BY name");
    std::vector<stored_schedule> all;
    while (select.step())
      all.push_back({select.text(0), select.text(1), select.text(2),
                     select.text(3), select.text(4), select.optional_time(5),
                     select.number(6) != 0, select.text(7)});
    return all;
  }

  std::vector<stored_job> unfinished() override {
    statement select(data, "SELECT key, schedule, task, arguments, fire_time, "
                           "at_most_once FROM jobs WHERE outcome IS NULL "
                           "ORDER BY key");
    std::vector<stored_job> all;
    while (select.step())
      all.push_back({select.number(0), select.text(1), select.text(2),
                     select.text(3), select.time(4), select.number(5) != 0});
    return all;
  }

  void put(const stored_schedule &schedule) override {
    statement(data, "INSERT OR REPLACE INTO schedules "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(schedule.name)
        .bind(schedule.task)
        .bind(schedule.arguments)
        .bind(schedule.trigger)
        .bind(schedule.options)
        .bind(schedule.last_fire_time)
        .bind(std::int64_t{schedule.paused})
        .bind(schedule.note)
        .run();
  }

  void remove(const std::string &name) override {
    transaction both(data);
    statement(data, "DELETE FROM schedules WHERE name = ?").bind(name).run();
    statement(data, "DELETE FROM jobs WHERE schedule = ?").bind(name).run();
    both.commit();
  }

  void commit(const std::vector<finished_job> &finished,
              std::vector<stored_job> &beginning) override {
    transaction all(data);
    finish(finished);
    begin(beginning);
    all.commit();
  }

private:
  void finish(const std::vector<finished_job> &finished) {
    statement update(data, "UPDATE jobs SET outcome = ? WHERE key = ?");
    statement forget(
        data, "DELETE FROM jobs WHERE outcome IS NOT NULL "
              "AND schedule = (SELECT schedule FROM jobs WHERE key = ?1) "
              "AND fire_time < (SELECT fire_time FROM jobs "
              "WHERE key = ?1)");
    for (const finished_job &job : finished) {
      update.bind(static_cast<std::int64_t>(job.outcome)).bind(job.key).run();
      forget.bind(job.key).run();
    }
  }

  void begin(std::vector<stored_job> &beginning) {
    statement insert(data, "INSERT OR IGNORE INTO jobs (schedule, task, "
                           "arguments, fire_time, at_most_once) "
                           "VALUES (?, ?, ?, ?, ?)");
    statement advance(data, "UPDATE schedules SET last = max(ifnull(last, ?1), "
                            "?1) WHERE name = ?2");
    for (stored_job &job : beginning) {
      insert.bind(job.schedule)
          .bind(job.task)
          .bind(job.arguments)
          .bind(job.fire_time)
          .bind(std::int64_t{job.at_most_once})
          .run();
      if (sqlite3_changes(data) == 0)
        continue;
      job.key = sqlite3_last_insert_rowid(data);
      advance.bind(job.fire_time).bind(job.schedule).run();
    }
  }

  file_lock lock; // before anything is read
  database data;
};

} // namespace

std::unique_ptr<data_store> open_sqlite_store(const std::string &path) {
  return std::make_unique<sqlite_store>(path);
}

} // namespace looprt
