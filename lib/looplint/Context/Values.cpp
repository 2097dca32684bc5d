//===- Values.cpp - what an expression may be -----------------------------===//

#include "Interpreter.h"
#include "looplint/Program/Language.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"

using namespace looplint;

// Displays of dictionaries with more keys and values than this are tables.
static constexpr std::size_t longestKeyed = 16;

/// Whether the comparison, `x.is_set() == 1`, only says what the test says.
static bool isTestForYes(const Atoms &atoms, SetId test, SetId answer) {
  llvm::ArrayRef<AtomId> tests = atoms.members(test);
  llvm::ArrayRef<AtomId> answers = atoms.members(answer);
  return tests.size() == 1 && answers.size() == 1 &&
         atoms[tests[0]].kind == AtomKind::TestResult &&
         static_cast<TestForm>(atoms[tests[0]].a & 0xFF) == TestForm::True &&
         (atoms[answers[0]].kind == AtomKind::True ||
          (atoms[answers[0]].kind == AtomKind::Integer &&
           atoms[answers[0]].a == 1));
}

SetId Interpreter::evaluate(ValueId id, unsigned depth) {
  if (!id || depth > deepestExpression)
    return atoms.anything();
  const Value &value = summary.value(id);
  switch (value.kind) {
  case ValueKind::Unknown:
    return value.operands.empty() ? atoms.anything() : atoms.data();
  case ValueKind::Local:
  case ValueKind::Outer:
  case ValueKind::Unbound:
  case ValueKind::Entity:
  case ValueKind::Typed:
  case ValueKind::Attribute:
  case ValueKind::Item:
  case ValueKind::Element:
  case ValueKind::Module:
  case ValueKind::ImportedName:
    return evaluateName(value, depth);
  case ValueKind::Result:
  case ValueKind::Awaited:
  case ValueKind::Entered:
    return results[value.a - function.operations.begin];
  case ValueKind::Received:
  case ValueKind::Caught:
    return atoms.anything();
  case ValueKind::Function:
    return functionValue(FunctionId(value.a));
  case ValueKind::Class:
    return classValue(ClassId(value.a));
  case ValueKind::Super: {
    if (!function.classOfMethod || state.variables.empty())
      return atoms.anything();
    FrameId body = result.frames[frame.index()].parent;
    FrameId definer = result.frames[body.index()].parent;
    AtomId owner =
        atoms.atom({.kind = AtomKind::Class,
                    .a = program.key(file, function.classOfMethod).index(),
                    .b = definer.raw()});
    SetId all = atoms.emptySet();
    for (AtomId receiver : atoms.members(state.variables.front()))
      all = atoms.join(all, atoms.only({.kind = AtomKind::Super,
                                        .a = owner.index(),
                                        .b = receiver.index()}));
    return all;
  }
  case ValueKind::None:
    return atoms.none();
  case ValueKind::True:
    return atoms.boolean(true);
  case ValueKind::False:
    return atoms.boolean(false);
  case ValueKind::Integer:
    return atoms.only({.kind = AtomKind::Integer, .a = value.a});
  case ValueKind::Float:
    return atoms.only({.kind = AtomKind::Float, .a = value.a});
  case ValueKind::String:
    return atoms.only(
        {.kind = AtomKind::String, .a = symbolOf(StringId(value.a)).index()});
  case ValueKind::Tuple:
  case ValueKind::List:
  case ValueKind::Set:
  case ValueKind::Dict:
    return evaluateDisplay(value, depth);
  case ValueKind::Unpacked:
    return evaluate(ValueId(value.a), depth + 1);
  case ValueKind::Conditional:
  case ValueKind::Or:
  case ValueKind::And:
    return evaluateChoice(value, depth);
  case ValueKind::Not:
  case ValueKind::Is:
  case ValueKind::Equal:
  case ValueKind::Less:
  case ValueKind::Contains: {
    Truth answer = truth(id, depth + 1);
    if (answer != Truth::Unknown)
      return atoms.boolean(answer == Truth::Yes);
    if (value.kind == ValueKind::Equal && summary.language == Language::Cpp &&
        isTestForYes(atoms, evaluate(ValueId(value.a), depth + 1),
                     evaluate(ValueId(value.b), depth + 1)))
      return evaluate(ValueId(value.a), depth + 1);
    return versionTest(value);
  }
  }
  return atoms.anything();
}

SetId Interpreter::evaluateName(const Value &value, unsigned depth) {
  switch (value.kind) {
  case ValueKind::Local:
    return local(value.a);
  case ValueKind::Outer:
    return outer(FunctionId(value.a), value.b);
  case ValueKind::Unbound:
    return unbound(file, symbolOf(StringId(value.a)));
  case ValueKind::Entity:
    return entity(file, value);
  case ValueKind::Typed:
    return typed(evaluate(ValueId(value.a), depth + 1),
                 evaluate(ValueId(value.b), depth + 1));
  case ValueKind::Attribute:
    if (summary.value(ValueId(value.a)).kind == ValueKind::Local)
      for (const NarrowedAttribute &known : state.attributes)
        if (known.variable == summary.value(ValueId(value.a)).a &&
            known.name == symbolOf(StringId(value.b)))
          return known.value;
    if (SetId method = methodOfWrapper(summary.value(ValueId(value.a)),
                                       symbolOf(StringId(value.b)), depth))
      return method;
    return attribute(evaluate(ValueId(value.a), depth + 1),
                     symbolOf(StringId(value.b)));
  case ValueKind::Item:
    return item(evaluate(ValueId(value.a), depth + 1),
                evaluate(ValueId(value.b), depth + 1));
  case ValueKind::Element:
    return element(evaluate(ValueId(value.a), depth + 1), value.b);
  case ValueKind::Module:
    return moduleValue(summary.string(StringId(value.a)), value.b);
  default:
    return importedName(value);
  }
}

SetId Interpreter::local(std::uint32_t variable) {
  SetId value = state.variables[variable];
  if (facts.writtenElsewhere[variable])
    value = atoms.join(value,
                       solver.read(solver.capturedCell(frame, variable), self));
  return value;
}

SetId Interpreter::outer(FunctionId owner, std::uint32_t variable) {
  FunctionKey key = program.key(file, owner);
  if (solver.facts(key).definition->kind == FunctionKind::Module)
    return solver.read(solver.capturedCell(solver.moduleFrame(file), variable),
                       self);
  for (FrameId at = frame; at; at = result.frames[at.index()].parent)
    if (result.frames[at.index()].function == key)
      return solver.read(solver.capturedCell(at, variable), self);
  return atoms.anything();
}

/// A name that the file does not bind: from a star import, or a builtin.
SetId Interpreter::unbound(FileId where, Symbol name) {
  if (name == solver.names.name)
    return atoms.only({.kind = AtomKind::String,
                       .a = solver.isScript(where) && !state.context.importing
                                ? solver.names.main.index()
                                : name.index()});
  SetId imported = starred(where, name);
  if (imported != atoms.emptySet())
    return imported;
  if (SetId known = solver.builtins.lookup(name.raw()))
    return known;
  llvm::SmallString<64> qualified("builtins.");
  qualified += program.symbols[name];
  SetId value = external(qualified);
  solver.builtins[name.raw()] = value;
  return value;
}

/// What a linkage means: part of the program, or of a library.
SetId Interpreter::entity(FileId where, const Value &value) {
  const Entity *found =
      program.findEntity(program.symbol(where, StringId(value.b)));
  if (!found)
    return external(where == file
                        ? summary.string(StringId(value.a))
                        : program.summary(where).string(StringId(value.a)));
  FrameId module = solver.moduleFrame(found->file);
  switch (found->kind) {
  case Entity::Function:
    return atoms.only(
        {.kind = AtomKind::Function,
         .a = program.key(found->file, FunctionId(found->index)).index(),
         .b = module.raw()});
  case Entity::Class:
    return atoms.only(
        {.kind = AtomKind::Class,
         .a = program.key(found->file, ClassId(found->index)).index(),
         .b = module.raw()});
  case Entity::Variable:
    return solver.read(solver.capturedCell(module, found->index), self);
  }
  return atoms.anything();
}

/// A declared type says what a value is where nothing else does.
SetId Interpreter::typed(SetId value, SetId type) {
  bool isKnown = value != atoms.emptySet() && !atoms.isFull(value) &&
                 llvm::none_of(atoms.members(value), [&](AtomId id) {
                   AtomKind kind = atoms[id].kind;
                   return kind == AtomKind::Anything ||
                          kind == AtomKind::Data || isExternalOfCpp(id);
                 });
  if (isKnown)
    return value;
  SetId some = typedBy(type);
  return some == atoms.emptySet() ? value : some;
}

/// A name of a library: what the models know of it, or just the name.
SetId Interpreter::external(llvm::StringRef name) {
  Symbol symbol = program.symbols.intern(name);
  auto [entry, inserted] = solver.externals.try_emplace(symbol.raw());
  if (!inserted)
    return entry->second;
  std::string canonical = models.canonical(name);
  SetId value;
  if (const ApiFunction *known = models.function(canonical))
    value =
        atoms.only({.kind = AtomKind::ApiFunction, .a = atoms.index(known)});
  else if (const ApiType *type = models.type(canonical))
    value = atoms.only({.kind = AtomKind::ApiType, .a = atoms.index(type)});
  else if (const ApiFunction *member = memberOfLibrary(canonical))
    value =
        atoms.only({.kind = AtomKind::ApiFunction, .a = atoms.index(member)});
  else if (const ApiFunction *alike = models.functionAlike(canonical))
    value =
        atoms.only({.kind = AtomKind::ApiFunction, .a = atoms.index(alike)});
  else
    value = objectOfLibrary(canonical);
  solver.externals[symbol.raw()] = value;
  return value;
}

SetId Interpreter::evaluateDisplay(const Value &value, unsigned depth) {
  llvm::ArrayRef<ValueId> operands = summary.operandsOf(value);
  bool isSpread = llvm::any_of(operands, [&](ValueId id) {
    return id && summary.value(id).kind == ValueKind::Unpacked;
  });
  // In C++ it is a table, whose rows are told apart.
  std::size_t longest = summary.language == Language::Cpp ? 500 : 16;
  if (value.kind == ValueKind::Tuple && !isSpread &&
      operands.size() <= longest) {
    llvm::SmallVector<SetId, 8> members;
    unsigned deepest = 0;
    for (ValueId operand : operands) {
      members.push_back(evaluate(operand, depth + 1));
      deepest = std::max(deepest, atoms.depthAbove(members.back()));
    }
    return atoms.only({.kind = AtomKind::Tuple,
                       .depth = static_cast<std::uint8_t>(deepest),
                       .a = atoms.sequence(members).index()});
  }

  // A container that can be changed is an object; what it holds is joined.
  ObjectId object = heap.object(solver.containerType(value.kind),
                                program.key(file, here), ArgumentsId());
  bool isDictionary = value.kind == ValueKind::Dict;
  // What models ask for by a key they find in a field, `self.options.[key]`.
  bool isKeyed = isDictionary && operands.size() <= longestKeyed;
  for (std::size_t i = isDictionary ? 1 : 0; i < operands.size();
       i += isDictionary ? 2 : 1) {
    SetId member = evaluate(operands[i], depth + 1);
    bool isUnpacked =
        isDictionary ? !operands[i - 1]
                     : summary.value(operands[i]).kind == ValueKind::Unpacked;
    solver.write(heap.elements(object),
                 isUnpacked ? element(member, noPosition) : member);
    bool isNamed = isKeyed && !isUnpacked &&
                   summary.value(operands[i - 1]).kind == ValueKind::String;
    if (!isNamed)
      continue;
    StringId key(summary.value(operands[i - 1]).a);
    std::string field = "[" + summary.string(key).str() + "]";
    solver.write(heap.field(object, program.symbols.intern(field)), member);
  }
  return atoms.only({.kind = AtomKind::Object, .a = object.index()});
}

SetId Interpreter::evaluateChoice(const Value &value, unsigned depth) {
  llvm::ArrayRef<ValueId> operands = summary.operandsOf(value);
  if (value.kind == ValueKind::Conditional) {
    Truth decided = truth(ValueId(value.a), depth + 1);
    if (decided != Truth::Unknown)
      return evaluate(operands[decided == Truth::Yes ? 0 : 1], depth + 1);
    return atoms.join(evaluate(operands[0], depth + 1),
                      evaluate(operands[1], depth + 1));
  }
  // `x or y` is x where x is true; what is certainly false cannot be the
  // result unless it comes last.
  SetId all = atoms.emptySet();
  Truth deciding = value.kind == ValueKind::Or ? Truth::Yes : Truth::No;
  for (std::size_t i = 0; i < operands.size(); ++i) {
    bool isLast = i + 1 == operands.size();
    SetId held = settled(operands[i], evaluate(operands[i], depth + 1));
    for (AtomId member : atoms.members(held)) {
      SetId only = atoms.only(member);
      Truth truth = truthOf(only);
      if (isLast || truth == Truth::Unknown || truth == deciding)
        all = atoms.join(all, only);
    }
  }
  return all;
}

SetId Interpreter::element(SetId container, std::uint32_t position) {
  SetId all = atoms.emptySet();
  for (AtomId id : atoms.members(container)) {
    const Atom &atom = atoms[id];
    if (atom.kind == AtomKind::Tuple) {
      llvm::ArrayRef<SetId> members = atoms[SequenceId(atom.a)];
      if (position < members.size())
        all = atoms.join(all, members[position]);
      else
        for (SetId member : members)
          all = atoms.join(all, member);
      continue;
    }
    if (atom.kind == AtomKind::Object) {
      SetId held = solver.read(heap.elements(ObjectId(atom.a)), self);
      // Pairs are made by `dict.items()`, `enumerate` and the like; the models
      // give their elements, so a position within one is any of them.
      all = atoms.join(all, held);
      continue;
    }
    all = atoms.join(all, atom.kind == AtomKind::Data ? atoms.data()
                                                      : atoms.anything());
  }
  return all;
}

SetId Interpreter::item(SetId container, SetId key) {
  llvm::ArrayRef<AtomId> keys = atoms.members(key);
  const Atom sole = keys.size() == 1 ? atoms[keys[0]] : Atom();
  SetId all = atoms.emptySet();
  for (AtomId id : atoms.members(container)) {
    const Atom atom = atoms[id];
    if (atom.kind == AtomKind::Keywords) {
      for (auto [name, value] : atoms[ArgumentsId(atom.a)].keywords)
        if (sole.kind == AtomKind::String && sole.a == name.index())
          all = atoms.join(all, value);
      continue;
    }
    // `Class[T]` is the class.
    if (atom.kind == AtomKind::Class || atom.kind == AtomKind::ApiType ||
        (atom.kind == AtomKind::External &&
         program.symbols[Symbol(atom.a)].starts_with(
             language::annotationPrefix))) {
      all = atoms.join(all, atoms.only(id));
      continue;
    }
    if (atom.kind == AtomKind::Object && heap[ObjectId(atom.a)].type &&
        atoms[heap[ObjectId(atom.a)].type].kind == AtomKind::Class) {
      SetId method =
          inClass(heap[ObjectId(atom.a)].type, id, solver.names.getItem, false);
      if (method != atoms.emptySet()) {
        CallArguments arguments;
        arguments.positional.push_back(key);
        all = atoms.join(all, invokeAll(method, arguments,
                                        edgeHere(EdgeKind::Call, method)));
        continue;
      }
    }
    if (SetId got = libraryItem(id, key)) {
      all = atoms.join(all, got);
      continue;
    }
    std::uint32_t position =
        sole.kind == AtomKind::Integer ? sole.a : noPosition;
    all = atoms.join(all, element(atoms.only(id), position));
  }
  return all;
}
