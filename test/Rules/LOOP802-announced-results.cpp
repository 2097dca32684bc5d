// What a signal announces is done: nothing waits for it in the slot.
// RUN: rm -rf %t && split-file --leading-lines %s %t && cd %t && %compile-commands src -std=c++20 -I%t/include
// RUN: not %looplint check --no-cache --output-format=concise src | FileCheck %s --implicit-check-not='{{error|warning}}:'

//--- include/qt.h
class QObject {
public:
  QObject(QObject *parent = nullptr);
  void deleteLater();
  template <typename Sender, typename Signal, typename Slot>
  static void connect(Sender *sender, Signal signal, QObject *context, Slot slot) {}
};
class QThread : public QObject {
public:
  void finished();
  bool wait(unsigned long limit = -1);
};
template <typename T> class QFuture {
public:
  T result() const;
};
class QFutureWatcherBase : public QObject {
public:
  using QObject::QObject;
  void finished();
  void started();
};
template <typename T> class QFutureWatcher : public QFutureWatcherBase {
public:
  using QFutureWatcherBase::QFutureWatcherBase;
  void setFuture(const QFuture<T> &future);
};
namespace QtConcurrent {
template <typename F> QFuture<int> run(F f) { return {}; }
}
class QCoreApplication {
public:
  QCoreApplication(int &argc, char **argv);
  static int exec();
};
//--- src/slots.cpp
#include <qt.h>

int compute();
void show(int);

static void show_result(const QFuture<int> &future) { show(future.result()); }

int main(int argc, char **argv) {
  QCoreApplication application(argc, argv);
  QObject window;
  auto future = QtConcurrent::run(compute);
  auto *watcher = new QFutureWatcher<int>(&window);
  // The signal tells that the future is done.
  QObject::connect(watcher, &QFutureWatcher<int>::finished, &window, [=] /* FP_announced */ {
    watcher->deleteLater();
    show_result(future);
  });
  QThread *worker = new QThread;
  QObject::connect(worker, &QThread::finished, &window, [=] /* FP_thread_has_ended */ { worker->wait(); });
  QObject::connect(watcher, &QFutureWatcher<int>::started, &window, [=] {
    // CHECK: slots.cpp:[[@LINE+1]]:10: warning: `QFuture::result` stops the running loop
    show(future.result());
  });
  watcher->setFuture(future);
  return QCoreApplication::exec();
}
