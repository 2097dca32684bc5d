//===- UseEntryPoint.cpp - looprt's decorator instead of one by hand ------===//
//
//   def on_new_loop(function):                 def on_new_loop(function):
//       @functools.wraps(function)                 return looprt.entry_point(
//       def wrapper(*args, **kwargs):                  function)
//           loop = asyncio.new_event_loop()
//           …
//       return wrapper
//
// A second answer, behind a body that the standard library is enough for. It
// needs looprt, so that it is only shown.
//
//===----------------------------------------------------------------------===//

#include "Cures.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;
using python::Layout;
using python::Statement;

/// It does nothing but run a coroutine, and takes all that its callers give.
static bool onlyRuns(const Workbench &bench, FunctionKey wrapper) {
  const Summary &summary = bench.summaryOf(wrapper);
  const Function &definition = bench.function(wrapper);
  llvm::ArrayRef<Parameter> parameters = summary.parametersOf(definition);
  bool takesAll = parameters.size() == 2 &&
                  parameters[0].kind == Parameter::Rest &&
                  parameters[1].kind == Parameter::RestKeywords;
  llvm::ArrayRef<Operation> operations =
      llvm::ArrayRef(summary.operations)
          .slice(definition.operations.begin, definition.operations.size());
  bool catches = llvm::any_of(operations, [](const Operation &operation) {
    return operation.kind == OperationKind::Except;
  });
  const Contexts &contexts = bench.input.contexts;
  return takesAll && !catches &&
         llvm::all_of(contexts.instances, [&](const Instance &instance) {
           return contexts.frameOf(instance).function != wrapper ||
                  instance.shape.isWrapper();
         });
}

/// Everything in the decorator's body but its docstring: the wrapper, and that
/// it is returned.
static std::optional<Span> bodyOf(const Workbench &bench, const Layout &layout,
                                  FunctionKey decorator, FunctionKey wrapper) {
  llvm::ArrayRef<Statement> statements = layout.statements();
  std::uint32_t outer =
      layout.statementAt(bench.function(decorator).nameSpan.begin);
  std::uint32_t inner =
      layout.statementAt(bench.function(wrapper).nameSpan.begin);
  if (outer == Statement::none || inner == Statement::none)
    return std::nullopt;
  std::optional<std::uint32_t> first = layout.firstInBody(outer);
  std::optional<std::uint32_t> last;
  unsigned count = 0;
  for (std::uint32_t i = outer + 1; i < statements.size(); ++i)
    if (statements[i].parent == outer &&
        statements[i].kind != Statement::Docstring) {
      last = i;
      ++count;
    }
  if (!first || *first != inner || count != 2)
    return std::nullopt;
  return Span{statements[inner].span.begin, statements[*last].span.end};
}

std::optional<Fix> cures::useEntryPoint(Workbench &bench,
                                        const Finding &finding) {
  const Program &program = bench.input.program;
  FunctionKey wrapper = bench.functionOf(finding.subject.operation);
  FileId file = program.fileOf(wrapper);
  const Summary &summary = program.summary(file);
  FunctionId parent = bench.function(wrapper).parent;
  if (bench.function(wrapper).kind != FunctionKind::Plain || !parent ||
      bench.isCoroutine(wrapper))
    return std::nullopt;
  FunctionKey decorator = program.key(file, parent);
  llvm::ArrayRef<Parameter> taken =
      summary.parametersOf(bench.function(decorator));
  if (bench.function(decorator).kind != FunctionKind::Plain ||
      bench.function(decorator).classOfMethod || taken.size() != 1 ||
      !onlyRuns(bench, wrapper))
    return std::nullopt;
  std::optional<Span> body =
      bodyOf(bench, bench.layout(file), decorator, wrapper);
  if (!body)
    return std::nullopt;
  const Layout &layout = bench.layout(file);
  std::string end = layout.lineEnd().str();
  std::string parameter = summary.string(taken.front().name).str();
  // The module may have no place for an import of what is not installed yet.
  Draft draft(bench);
  draft.replace({file, *body}, "import looprt" + end + end +
                                   layout.indentation(body->begin).str() +
                                   "return looprt.entry_point(" + parameter +
                                   ")");
  return draft.finish(Applicability::Display,
                      "let `looprt.entry_point` make, run and close the loop");
}
