//===- Calls.cpp ----------------------------------------------------------===//

#include "Lowering.h"
#include "looplint/Program/Language.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/Builtins.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/SaveAndRestore.h"

namespace looplint::cpp {

/// What a call that the language defines to be its argument does with it.
enum class HandsOn : std::uint8_t { No, Same, Moved };

static HandsOn handsOn(const clang::FunctionDecl *function) {
  switch (function->getBuiltinID()) {
  case clang::Builtin::BImove:
    return HandsOn::Moved;
  case clang::Builtin::BIforward:
  case clang::Builtin::BIforward_like:
  case clang::Builtin::BImove_if_noexcept:
  case clang::Builtin::BIas_const:
  case clang::Builtin::BIaddressof:
  case clang::Builtin::BI__addressof:
  case clang::Builtin::BI__builtin_addressof:
  case clang::Builtin::BI__builtin_expect:
  case clang::Builtin::BI__builtin_launder:
    return HandsOn::Same;
  default:
    return HandsOn::No;
  }
}

/// The same in a template that nothing instantiates, where only the name is
/// known.
static HandsOn handsOn(const clang::OverloadExpr *callee) {
  if (callee->decls_begin() == callee->decls_end() ||
      !(*callee->decls_begin())->isInStdNamespace())
    return HandsOn::No;
  std::string name = callee->getName().getAsString();
  if (name == "move")
    return HandsOn::Moved;
  return name == "forward" ? HandsOn::Same : HandsOn::No;
}

std::optional<ValueId> Lowering::transparentCall(const clang::CallExpr *node) {
  if (node->getNumArgs() == 0)
    return {};
  HandsOn how = HandsOn::No;
  if (const clang::FunctionDecl *function = node->getDirectCallee())
    how = handsOn(function);
  else if (const auto *overloads =
               llvm::dyn_cast<clang::OverloadExpr>(written(node->getCallee())))
    how = handsOn(overloads);
  if (how == HandsOn::No)
    return {};
  const auto *reference =
      llvm::dyn_cast<clang::DeclRefExpr>(written(node->getArg(0)));
  if (how == HandsOn::Moved && reference)
    moved.insert(reference->getDecl());
  return expression(node->getArg(0));
}

ValueId Lowering::call(const clang::CallExpr *node) {
  if (std::optional<ValueId> same = transparentCall(node))
    return *same;
  // Converting a lambda to a pointer, or an object of a library to another.
  if (const auto *method = llvm::dyn_cast_or_null<clang::CXXConversionDecl>(
          node->getDirectCallee()))
    if (!names.isProject(method) || method->getParent()->isLambda())
      return expression(llvm::cast<clang::CXXMemberCallExpr>(node)
                            ->getImplicitObjectArgument());

  Arguments arguments;
  ValueId called = callee(node, arguments);
  llvm::SmallVector<const clang::Expr *, 8> list(node->arguments());
  argumentsOf(list, node->getDirectCallee(), arguments);
  templateArguments(node, arguments);
  ValueId result = builder.emitCall({.span = spanOf(node),
                                     .inner = spanOf(node->getCallee()),
                                     .value = called},
                                    arguments);
  bindFilled(node, result);
  return result;
}

/// How many arguments belong to the item of a format that begins at its front,
/// and what of the format says so: a letter takes one, `#` adds its size, `!`
/// and `&` a type or function before it, `e` an encoding.
static unsigned takeItem(llvm::StringRef &format) {
  unsigned taken = format.consume_front("e") ? 2 : 1;
  if (taken == 1 || (!format.empty() && llvm::isAlpha(format.front())))
    format = format.drop_front();
  if (format.consume_front("#") || format.consume_front("!") ||
      format.consume_front("&"))
    return taken + 1;
  format.consume_front("*");
  return taken;
}

/// For each of \p count arguments behind a format the item that it belongs to:
/// `"s#O"` are two items and three arguments. Empty where the text is no such
/// format, or speaks of another number.
static llvm::SmallVector<unsigned> itemsOf(llvm::StringRef format,
                                           std::size_t count) {
  llvm::SmallVector<unsigned> items;
  format = format.take_until([](char c) { return c == ':' || c == ';'; });
  for (unsigned item = 0; !format.empty();) {
    if (format.consume_front("|") || format.consume_front("$"))
      continue;
    if (!llvm::isAlpha(format.front()))
      return {};
    items.append(takeItem(format), item++);
  }
  return items.size() == count ? items : llvm::SmallVector<unsigned>();
}

/// The last text among the call's first arguments.
static llvm::StringRef formatOf(const clang::CallExpr *node, unsigned fixed) {
  for (unsigned i = fixed; i-- > 0;)
    if (const auto *text = llvm::dyn_cast<clang::StringLiteral>(
            node->getArg(i)->IgnoreParenImpCasts());
        text && text->getCharByteWidth() == 1)
      return text->getString();
  return "";
}

/// What a library's function with any number of arguments gets the address of,
/// it fills, in order: `parse(arguments, "OO", &first, &second)`. The values
/// are the elements of what it returns.
void Lowering::bindFilled(const clang::CallExpr *node, ValueId result) {
  const clang::FunctionDecl *function = node->getDirectCallee();
  if (!function || !function->isVariadic() || names.isProject(function))
    return;
  const unsigned fixed = function->getNumParams();
  llvm::SmallVector<unsigned> items =
      itemsOf(formatOf(node, fixed), node->getNumArgs() - fixed);
  unsigned position = 0;
  for (unsigned i = fixed; i < node->getNumArgs(); ++i) {
    const clang::Expr *each = node->getArg(i);
    const auto *address = llvm::dyn_cast<clang::UnaryOperator>(written(each));
    if (!address || address->getOpcode() != clang::UO_AddrOf)
      continue;
    const clang::Expr *place = address->getSubExpr();
    // The address of a library's object says something and is not written to.
    const auto *named = llvm::dyn_cast<clang::DeclRefExpr>(written(place));
    if (named && !names.isProject(named->getDecl()))
      continue;
    unsigned item = items.empty() ? position++ : items[i - fixed];
    ValueId value = builder.element(result, item);
    if (place->getType()->isPointerType())
      assign(expression(place), typed(value, place->getType()), spanOf(each),
             spanOf(place));
  }
}

ValueId Lowering::callee(const clang::CallExpr *node, Arguments &arguments) {
  const clang::Expr *called = written(node->getCallee());
  if (const auto *member = llvm::dyn_cast<clang::MemberExpr>(called))
    return memberCallee(member, arguments);
  // `(object->*pointer)(…)`: the pointer is called with the object first.
  const auto *access = llvm::dyn_cast<clang::BinaryOperator>(called);
  if (access && access->isPtrMemOp()) {
    ValueId object = receiver(access->getLHS());
    addArgument(object, spanOf(access->getLHS()), arguments);
    return expression(access->getRHS());
  }
  if (const auto *ended =
          llvm::dyn_cast<clang::CXXPseudoDestructorExpr>(called)) {
    ValueId object = receiver(ended->getBase());
    return builder.attribute(object, language::destructor, spanOf(called));
  }
  return expression(called);
}

ValueId Lowering::memberCallee(const clang::MemberExpr *member,
                               Arguments &arguments) {
  const auto *method =
      llvm::dyn_cast<clang::CXXMethodDecl>(member->getMemberDecl());
  if (!method || method->isStatic())
    return memberAccess(member);
  ValueId object = receiver(member->getBase());
  if (member->hasQualifier()) {
    addArgument(object, spanOf(member->getBase()), arguments);
    return entity(method);
  }
  return builder.attribute(object, names.member(method), spanOf(member));
}

//===----------------------------------------------------------------------===//
// Arguments
//===----------------------------------------------------------------------===//

void Lowering::addArgument(ValueId value, Span span, Arguments &arguments) {
  arguments.push_back(
      {.kind = Argument::Positional, .name = {}, .value = value, .span = span});
}

/// Whether evaluating it does nothing that anybody could see.
bool Lowering::isPlain(const clang::Expr *defaultArgument) {
  const clang::Expr *value = defaultArgument->IgnoreUnlessSpelledInSource();
  if (const auto *made = llvm::dyn_cast<clang::CXXConstructExpr>(value))
    return made->getNumArgs() == 0 || made->getConstructor()->isTrivial();
  return !llvm::isa<clang::CallExpr, clang::LambdaExpr, clang::CXXNewExpr,
                    clang::InitListExpr>(value);
}

/// Whether the parameter is a reference to what can be changed. One that takes
/// anything (`T &&`) hands it on as a rule.
static bool mayWrite(const clang::FunctionDecl *function,
                     std::size_t position) {
  if (const clang::FunctionDecl *pattern =
          function->getTemplateInstantiationPattern())
    function = pattern;
  if (position >= function->getNumParams())
    return false;
  clang::QualType type = function->getParamDecl(position)->getType();
  return type->isLValueReferenceType() &&
         !type.getNonReferenceType().isConstQualified();
}

void Lowering::argumentsOf(llvm::ArrayRef<const clang::Expr *> list,
                           const clang::FunctionDecl *function,
                           Arguments &arguments) {
  // A library's defaults are its own business. Of the program's, all are given
  // where one of them runs code, so that their positions are right.
  bool hasDefaults = function && names.isProject(function) &&
                     llvm::any_of(list, [](const clang::Expr *each) {
                       const auto *fallback =
                           llvm::dyn_cast<clang::CXXDefaultArgExpr>(each);
                       return fallback && !isPlain(fallback->getExpr());
                     });
  for (const clang::Expr *each : list) {
    if (const auto *fallback = llvm::dyn_cast<clang::CXXDefaultArgExpr>(each)) {
      if (!hasDefaults)
        break;
      Span here = spanOf(fallback);
      llvm::SaveAndRestore standsHere(elsewhere, std::optional<Span>(here));
      addArgument(expression(fallback->getExpr()), here, arguments);
      continue;
    }
    if (function && mayWrite(function, arguments.size()))
      letWrite(each);
    ValueId value = typed(expression(each), origin(each)->getType());
    Argument argument = {.kind = Argument::Positional,
                         .lent = lentTo(function, arguments.size(), each),
                         .name = {},
                         .value = value,
                         .span = spanOf(each)};
    if (llvm::isa<clang::PackExpansionExpr>(each))
      argument.kind = Argument::Unpacked;
    arguments.push_back(argument);
  }
}

/// The template arguments that a call of a library's template goes by: those of
/// the class of a member, else those that the call writes.
static llvm::SmallVector<clang::QualType, 4>
templateTypes(const clang::CallExpr *node) {
  llvm::SmallVector<clang::QualType, 4> types;
  const clang::FunctionDecl *function = node->getDirectCallee();
  const auto *special = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(
      function->getDeclContext());
  if (special) {
    const clang::TemplateParameterList *parameters =
        special->getSpecializedTemplate()->getTemplateParameters();
    for (auto [argument, parameter] :
         llvm::zip(special->getTemplateArgs().asArray(), *parameters)) {
      const auto *type = llvm::dyn_cast<clang::TemplateTypeParmDecl>(parameter);
      bool isGiven = type && !type->hasDefaultArgument() &&
                     argument.getKind() == clang::TemplateArgument::Type;
      types.push_back(isGiven ? argument.getAsType() : clang::QualType());
    }
    return types;
  }
  llvm::ArrayRef<clang::TemplateArgumentLoc> given;
  const clang::Expr *callee = node->getCallee()->IgnoreParenImpCasts();
  if (const auto *reference = llvm::dyn_cast<clang::DeclRefExpr>(callee))
    given = reference->template_arguments();
  else if (const auto *member = llvm::dyn_cast<clang::MemberExpr>(callee))
    given = member->template_arguments();
  for (const clang::TemplateArgumentLoc &argument : given)
    types.push_back(argument.getArgument().getKind() ==
                            clang::TemplateArgument::Type
                        ? argument.getArgument().getAsType()
                        : clang::QualType());
  return types;
}

void Lowering::templateArguments(const clang::CallExpr *node,
                                 Arguments &arguments) {
  const clang::FunctionDecl *function = node->getDirectCallee();
  if (!function || names.isProject(function))
    return;
  unsigned position = 0;
  for (clang::QualType type : templateTypes(node)) {
    std::string name = "<" + std::to_string(position++) + ">";
    if (type.isNull() || !type->isRecordType())
      continue;
    if (const clang::RecordDecl *record = names.classOf(type))
      arguments.push_back({.kind = Argument::Keyword,
                           .name = builder.summary.intern(name),
                           .value = entity(record),
                           .span = spanOf(node->getCallee())});
  }
}

} // namespace looplint::cpp
