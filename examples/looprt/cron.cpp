// What an expression means, without time zones.
#include "looprt/cron.h"

#include <iostream>

int main() {
  const auto nightly = looprt::cron_expression::parse("30 2 * * MON-FRI");
  const auto often = looprt::cron_expression::parse("*/5 * * * *");
  std::cout << nightly.is_fixed_time() << often.is_fixed_time() << '\n';

  using namespace std::chrono;
  const looprt::local_seconds tuesday{local_days{2026y / March / 3} + 2h +
                                      30min};
  std::cout << nightly.matches(tuesday) << '\n';
  try {
    looprt::cron_expression::parse("0 0 30 2 *");
  } catch (const std::invalid_argument &error) {
    std::cout << "refused\n";
  }
}

// prints: 10
// prints: 1
// prints: refused
