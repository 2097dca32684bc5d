//===- Shapes.cpp - what the calls of a function amount to ----------------===//
//
// A function that does nothing but make a coroutine and have a loop run it is
// only a wrapper around that coroutine. Making a loop for it and ending the
// loop afterwards is a part of that.
//
//===----------------------------------------------------------------------===//

#include "Interpreter.h"
#include "looplint/Program/Language.h"
#include "looplint/Support/QualifiedName.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

namespace {
/// What one callee of a library adds.
struct Part {
  bool drives = false;
  bool runsLoop = false;
  bool isAboutLoops = false;
};
} // namespace

static Part partOf(const ApiFunction &api) {
  Part part;
  for (const Effect &effect : api.effects) {
    bool isInvoking = effect.kind == EffectKind::Invokes;
    part.runsLoop |= effect.kind == EffectKind::RunLoop;
    part.drives |= effect.kind == EffectKind::RunLoop ||
                   effect.kind == EffectKind::Task ||
                   (isInvoking && effect.accepts == Accepts::CoroutineObject);
    part.isAboutLoops |= effect.kind == EffectKind::CurrentLoop ||
                         effect.kind == EffectKind::NewLoop ||
                         effect.kind == EffectKind::SetLoop ||
                         effect.kind == EffectKind::CloseLoop ||
                         (isInvoking && effect.on == Place::Unspecified);
  }
  return part;
}

/// Whether the operation ends an object that C++ ends by itself.
static bool isEnding(const Summary &summary, const Operation &op) {
  if (summary.language != Language::Cpp || op.kind != OperationKind::Call)
    return false;
  const Value &callee = summary.value(op.value);
  return callee.kind == ValueKind::Attribute &&
         summary.string(StringId(callee.b)) == language::destructor;
}

/// Remembers what the call amounts to; see Shape.
void Interpreter::noteShape(SetId callees, SetId value) {
  if (shape.doesMore || isEnding(summary, summary.operations[here]))
    return; // nothing can make a wrapper of it any more
  bool makesCoroutine = llvm::any_of(atoms.members(value), [&](AtomId id) {
    return atoms[id].kind == AtomKind::Coroutine;
  });
  for (AtomId id : atoms.members(callees)) {
    const Atom &atom = atoms[id];
    Part part;
    if (atom.kind == AtomKind::ApiType) {
      const ApiType &type = atoms.apiType(atom);
      part = partOf(type.constructor);
      part.isAboutLoops |= type.isLoop && isCppName(type.name);
    } else if (atom.kind == AtomKind::ApiFunction ||
               atom.kind == AtomKind::ApiMethod) {
      part = partOf(atoms.apiFunction(atom));
    } else if (!makesCoroutine) {
      // A helper of the program that drives what it is given.
      const std::vector<Edge> &edges = result.instances[self.index()].edges;
      if (!edges.empty() && edges.back().at == program.key(file, here)) {
        const Shape &inner = result.instances[edges.back().to.index()].shape;
        part.drives = inner.drivesCoroutine && !inner.doesMore;
        part.runsLoop = inner.runsLoop;
      }
    }
    shape.drivesCoroutine |= part.drives;
    shape.runsLoop |= part.runsLoop;
    shape.makesCoroutine |= makesCoroutine;
    shape.doesMore |= !part.drives && !part.isAboutLoops && !makesCoroutine;
  }
}
