// Options as text: one table says what each is called and how it is written,
// for both directions.
#include "looprt/schedule.h"

#include "text.h"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace looprt {

using std::string;
using std::string_view;

namespace {

struct option {
  string_view name;
  string (*write)(const schedule_options &);          // "" for the default
  bool (*read)(schedule_options &, string_view word); // false: unreadable
};

// An enumeration's words are in the order of its values.
constexpr std::array<string_view, 3> coalesce_words = {"latest", "earliest",
                                                       "all"};
constexpr std::array<string_view, 5> overlap_words = {
    "skip", "buffer_one", "buffer_all", "cancel_other", "allow_all"};
constexpr std::array<string_view, 2> delivery_words = {"at_least_once",
                                                       "at_most_once"};
constexpr std::array<string_view, 3> conflict_words = {"refuse", "replace",
                                                       "keep"};

template <auto member, const auto &words>
constexpr option choice_option(string_view name) {
  return {name,
          [](const schedule_options &options) {
            const auto value = static_cast<std::size_t>(options.*member);
            return options.*member == schedule_options().*member
                       ? string()
                       : string(words[value]);
          },
          [](schedule_options &options, string_view word) {
            for (std::size_t value = 0; value < words.size(); ++value) {
              if (words[value] != word)
                continue;
              using type = std::remove_reference_t<decltype(options.*member)>;
              options.*member = static_cast<type>(value);
              return true;
            }
            return false;
          }};
}

template <auto member, auto parse>
constexpr option optional_option(string_view name) {
  return {name,
          [](const schedule_options &options) {
            return options.*member ? text::format(*(options.*member))
                                   : string();
          },
          [](schedule_options &options, string_view word) {
            options.*member = parse(word);
            return (options.*member).has_value();
          }};
}

template <auto member> constexpr option number_option(string_view name) {
  return {name,
          [](const schedule_options &options) {
            return options.*member == schedule_options().*member
                       ? string()
                       : std::to_string(options.*member);
          },
          [](schedule_options &options, string_view word) {
            const bool negative = word.starts_with('-');
            const std::optional<int> value =
                text::digits(negative ? word.substr(1) : word);
            using type = std::remove_reference_t<decltype(options.*member)>;
            options.*member =
                static_cast<type>(value.value_or(0) * (negative ? -1 : 1));
            return value.has_value();
          }};
}

using options_t = schedule_options;

constexpr std::array<option, 13> table = {
    optional_option<&options_t::misfire_grace_time, text::parse_span>(
        "misfire_grace_time"),
    optional_option<&options_t::catchup_window, text::parse_span>(
        "catchup_window"),
    choice_option<&options_t::coalesce, coalesce_words>("coalesce"),
    choice_option<&options_t::overlap, overlap_words>("overlap"),
    choice_option<&options_t::delivery, delivery_words>("delivery"),
    choice_option<&options_t::conflict, conflict_words>("conflict"),
    number_option<&options_t::max_running_jobs>("max_running_jobs"),
    number_option<&options_t::max_waiting_jobs>("max_waiting_jobs"),
    option{"jitter",
           [](const schedule_options &options) {
             return options.jitter == microseconds(0)
                        ? string()
                        : text::format(options.jitter);
           },
           [](schedule_options &options, string_view word) {
             const auto span = text::parse_span(word);
             options.jitter = span.value_or(microseconds(0));
             return span.has_value();
           }},
    optional_option<&options_t::start_time, text::parse_time>("start_time"),
    optional_option<&options_t::end_time, text::parse_time>("end_time"),
    number_option<&options_t::priority>("priority"),
    option{"pause_on_failure",
           [](const schedule_options &options) {
             return string(options.pause_on_failure ? "true" : "");
           },
           [](schedule_options &options, string_view word) {
             options.pause_on_failure = word == "true";
             return word == "true" || word == "false";
           }},
};

} // namespace

string schedule_options::text() const {
  string text;
  for (const option &option : table) {
    const string value = option.write(*this);
    if (!value.empty())
      text += (text.empty() ? "" : " ") + string(option.name) + '=' + value;
  }
  return text;
}

schedule_options schedule_options::parse(string_view text) {
  schedule_options options;
  while (!text.empty()) {
    const string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    if (word.empty())
      continue;

    const string_view name = word.substr(0, word.find('='));
    const auto *found =
        std::find_if(table.begin(), table.end(),
                     [&](const option &option) { return option.name == name; });
    if (found == table.end())
      throw std::invalid_argument("there is no option `" + string(name) + "`");
    const string_view value =
        word.substr(std::min(name.size() + 1, word.size()));
    if (!found->read(options, value))
      throw std::invalid_argument("option `" + string(word) +
                                  "` cannot be read");
  }
  return options;
}

} // namespace looprt
