//===- main.cpp - the command ---------------------------------------------===//
//
// Parses the arguments, carries out the request, prints the one error that
// prevented it. Everything else is in the libraries.
//
//===----------------------------------------------------------------------===//

#include "CommandLine.h"
#include "Commands.h"

#include "llvm/Support/raw_ostream.h"

#include <csignal>

using namespace looplint;

void looplint::printError(const llvm::Twine &message) {
  llvm::errs() << "looplint: error: " << message << '\n';
}

bool looplint::wantsColor(Colors colors, const llvm::raw_ostream &out) {
  if (colors == Colors::Auto)
    return out.is_displayed() && out.has_colors();
  return colors == Colors::Always;
}

namespace {

struct Dispatcher {
  llvm::Expected<int> operator()(const CheckRequest &request) {
    return runCheck(request);
  }
  llvm::Expected<int> operator()(const ExplainRequest &request) {
    return runExplain(request);
  }
  llvm::Expected<int> operator()(const RulesRequest &request) {
    return runRulesList(request);
  }
  llvm::Expected<int> operator()(const ModelsRequest &request) {
    return runModels(request);
  }
  llvm::Expected<int> operator()(const ContextsRequest &request) {
    return runContexts(request);
  }
};

} // namespace

/// Standard output may be closed by a reader that has seen enough (`| head`),
/// which is no failure; a full disk is one.
static int finishOutput(int status) {
  llvm::raw_fd_ostream &out = llvm::outs();
  out.flush();
  if (!out.has_error())
    return status;
  std::error_code error = out.error();
  out.clear_error();
  if (error == std::errc::broken_pipe)
    return status;
  printError("cannot write to standard output: " + error.message());
  return 2;
}

int main(int argc, char **argv) {
  // A closed pipe is then an error of the write, seen by finishOutput.
  std::signal(SIGPIPE, SIG_IGN);

  std::variant<Request, int> parsed = parseCommandLine(argc, argv);
  if (int *status = std::get_if<int>(&parsed))
    return *status;

  llvm::Expected<int> status =
      std::visit(Dispatcher(), std::get<Request>(parsed));
  if (status)
    return finishOutput(*status);
  printError(llvm::toString(status.takeError()));
  finishOutput(2);
  return 2;
}
