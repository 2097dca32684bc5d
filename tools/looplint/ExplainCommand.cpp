//===- ExplainCommand.cpp - `looplint explain RULE` -----------------------===//
//
// The page of a rule is Markdown, which is meant to be read as it is. Only
// what would disturb a reader is changed: marks of headings and code, and the
// addresses in the middle of sentences.
//
//===----------------------------------------------------------------------===//

#include "Commands.h"
#include "Pages.h"
#include "looplint/Driver/RuleSelection.h"
#include "looplint/Report/RuleNames.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace looplint;

/// `[text](address)` becomes `text (address)`.
static void printProse(llvm::raw_ostream &out, llvm::StringRef line) {
  while (!line.empty()) {
    std::size_t open = line.find('[');
    std::size_t middle = line.find("](", open);
    std::size_t close = line.find(')', middle);
    if (close == llvm::StringRef::npos)
      break;
    out << line.take_front(open) << line.slice(open + 1, middle) << " ("
        << line.slice(middle + 2, close) << ')';
    line = line.drop_front(close + 1);
  }
  out << line << '\n';
}

static void printHeading(llvm::raw_ostream &out, llvm::StringRef heading) {
  bool isColored = out.is_displayed() && out.has_colors();
  if (isColored)
    out.changeColor(llvm::raw_ostream::SAVEDCOLOR, /*Bold=*/true);
  out << heading;
  if (isColored)
    out.resetColor();
  out << '\n';
}

static void printPage(llvm::raw_ostream &out, llvm::StringRef text) {
  bool inCode = false;
  while (!text.empty()) {
    auto [line, rest] = text.split('\n');
    text = rest;
    if (line.starts_with("```"))
      inCode = !inCode;
    else if (inCode)
      out << (line.empty() ? "" : "    ") << line << '\n';
    else if (line.starts_with("#"))
      printHeading(out, line.ltrim("# "));
    else
      printProse(out, line);
  }
}

llvm::Expected<int> looplint::runExplain(const ExplainRequest &request) {
  llvm::Expected<RuleSet> rules = rulesNamed(request.rule);
  if (!rules)
    return rules.takeError();
  if (rules->size() > 1)
    return llvm::createStringError("`" + request.rule +
                                   "` means several rules; `looplint "
                                   "rules` lists them");

  std::string code = codeSpelling(*rules->begin());
  const Page *page =
      llvm::find_if(allPages(), [&](const Page &p) { return p.code == code; });
  if (page == allPages().end())
    return llvm::createStringError("there is no page about " + code);
  printPage(llvm::outs(), page->text);
  return 0;
}
