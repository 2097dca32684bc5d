//===- CommandLine.h - arguments to a request -----------------------------===//

#ifndef LOOPLINT_TOOLS_COMMANDLINE_H
#define LOOPLINT_TOOLS_COMMANDLINE_H

#include "looplint/Driver/Options.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

namespace looplint {

enum class Colors : std::uint8_t { Auto, Always, Never };

struct CheckRequest {
  Options options;
  bool fix = false;
  bool unsafeFixes = false;
  bool diff = false;
  bool fixOnly = false;
  bool showFixes = false;
  /// --add-noqa[=reason]; the reason may be empty.
  std::optional<std::string> addNoqa;
  std::string exportFixes;
  std::string outputFile;
  Colors color = Colors::Auto;
  bool exitZero = false;
  bool statistics = false;
  bool quiet = false;
  bool verbose = false;
  /// What the hidden --emit asks for instead of a report; usually empty.
  std::string emit;
  std::string emitFunction;
};

struct ExplainRequest {
  std::string rule;
};

struct RulesRequest {};

struct ModelsRequest {
  Options options;
  std::string library; // empty: list all
};

struct ContextsRequest {
  Options options;
  std::string place; // FILE[:LINE]
};

using Request = std::variant<CheckRequest, ExplainRequest, RulesRequest,
                             ModelsRequest, ContextsRequest>;

/// What the arguments ask for; or, where that is all there is to do, the exit
/// status, after help, the version or an error was printed.
std::variant<Request, int> parseCommandLine(int argc, const char *const *argv);

} // namespace looplint

#endif // LOOPLINT_TOOLS_COMMANDLINE_H
