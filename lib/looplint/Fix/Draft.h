//===- Draft.h - one repair, while it is written --------------------------===//
//
// Collects edits, and gives up as a whole where one of them cannot be made. The
// text outside the edits stays as it is, byte for byte.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_LIB_FIX_DRAFT_H
#define LOOPLINT_LIB_FIX_DRAFT_H

#include "Workbench.h"

#include <optional>
#include <set>

namespace looplint {

class EditSet;

class Draft {
public:
  explicit Draft(Workbench &bench) : bench(bench) {}

  void replace(Location at, llvm::StringRef text);
  void insert(FileId file, std::uint32_t offset, llvm::StringRef text) {
    replace({file, {offset, offset}}, text);
  }
  /// Removes the statement; its lines too where nothing else stands there. A
  /// block that is left without statements gets a `pass`; where that is all of
  /// a `try` but its body, the body takes its place.
  void removeStatement(FileId file, std::uint32_t statement);
  /// A statement that is removed stands at that place.
  bool isRemoved(FileId file, std::uint32_t offset) const;

  /// Makes \p lines, which have no indentation and no end of line behind the
  /// last one, the first statements of the function's body.
  void insertFirst(FunctionKey function, llvm::StringRef lines);

  /// Puts the statements from \p first to \p last, of one block, below the line
  /// \p opening, but for those that are removed by then.
  void putInBlock(FileId file, std::uint32_t first, std::uint32_t last,
                  llvm::StringRef opening);

  /// Puts `await` in front of the expression, in parentheses where needed.
  void await(Location expression);
  /// `callee(arguments)` becomes `opener callee, arguments)`, so that the
  /// arguments stay untouched. \p opener ends with its own parenthesis.
  void passOn(OperationKey call, llvm::StringRef opener);

  /// How \p file writes `module.name`, with an import added where it has none.
  std::string name(FileId file, llvm::StringRef module, llvm::StringRef name);

  /// As name(), imported in the way in which the name at \p neighbour is, in
  /// whose place it stands from then on.
  std::string nameBeside(FileId file, Span neighbour, llvm::StringRef module,
                         llvm::StringRef name);

  /// \p reason is for people; empty where there is no more to say than that the
  /// repair is not possible.
  void giveUp(std::string reason = "") {
    isPossible = false;
    if (!reason.empty())
      bench.reason = std::move(reason);
  }
  bool hasFailed() const { return !isPossible; }

  /// The repair, unless something did not work out.
  std::optional<Fix> finish(Applicability applicability, std::string message);

private:
  void keepComments();
  void writeRemovals();
  bool isEmptied(FileId file, std::uint32_t statement) const;
  bool unwrapTry(FileId file, std::uint32_t statement);
  void removeUnusedImports(const EditSet &whole, std::vector<Edit> &into) const;
  void addImport(FileId file, llvm::StringRef module);

  Workbench &bench;
  std::vector<Edit> edits;
  std::set<std::pair<FileId, std::uint32_t>> removals; // statements
  bool isPossible = true;
};

} // namespace looplint

#endif // LOOPLINT_LIB_FIX_DRAFT_H
