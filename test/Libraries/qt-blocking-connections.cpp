// Connections whose signals wait for their slots, and the threads on which they are emitted.
// RUN: rm -rf %t && split-file --leading-lines %s %t && cd %t && %compile-commands src -std=c++20 -pthread -I%t/include
// RUN: not %looplint check --no-cache --output-format=concise src | FileCheck %s --implicit-check-not='{{error|warning}}:'

//--- include/qt.h
#pragma once
#include <functional>
#define emit
namespace Qt {
enum ConnectionType { AutoConnection, DirectConnection, QueuedConnection, BlockingQueuedConnection };
}
const char *qFlagLocation(const char *method);
#define SIGNAL(a) qFlagLocation("2" #a "\0" __FILE__)
#define SLOT(a) qFlagLocation("1" #a "\0" __FILE__)
class QThread;
class QObject {
public:
  QObject(QObject *parent = nullptr);
  virtual ~QObject();
  void moveToThread(QThread *thread);
  template <typename Signal, typename Slot> static void connect(const QObject *sender, Signal signal, const QObject *receiver, Slot slot, Qt::ConnectionType type = Qt::AutoConnection) {}
};
class QMetaObject {
public:
  template <typename F> static bool invokeMethod(QObject *object, F f, Qt::ConnectionType type = Qt::AutoConnection) { return true; }
};
class QTimer : public QObject {
public:
  void timeout();
};
class QThread : public QObject {
public:
  void start();
  void started();

protected:
  virtual void run();
};
class QCoreApplication : public QObject {
public:
  QCoreApplication(int &argc, char **argv);
  static int exec();
};
//--- src/main.cpp
#include <qt.h>
#include <thread>

class Sink : public QObject {
public:
  void take(int) {}
};

class Source : public QObject {
public:
  void found(int); // a signal, as are the other functions without a body
  void named(int);
  void free(int);
  void ended();
  void poll_bad() {
    // CHECK: main.cpp:[[@LINE+1]]:10: error: `QObject::BlockingQueuedConnection` waits on the loop's own thread for work that needs that loop [LOOP203]
    emit found(1);
    emit free(1);
  }
  void look_bad() {
    // CHECK: main.cpp:[[@LINE+1]]:10: error: `QObject::BlockingQueuedConnection` waits on the loop's own thread {{.*}} [LOOP203]
    emit named(1);
  }
  void end_bad() {
    // CHECK: main.cpp:[[@LINE+1]]:10: error: `QObject::BlockingQueuedConnection` waits on the main thread for work that needs a loop which only this thread runs, and not yet [LOOP203]
    emit ended();
  }
};

// It belongs to the main thread and emits on its own.
class Reader_ok : public QThread {
public:
  void line(int);
  void run() override { emit line(3); }
};

class Worker_ok : public QObject {
public:
  void done(int);
  void work() { emit done(1); }
};

class Window_ok : public QObject {
public:
  explicit Window_ok(Sink &moved) : moved(moved) {}
  void press() {
    // CHECK: main.cpp:[[@LINE+1]]:5: warning: `QMetaObject::invokeMethod` stops the running loop {{.*}} [LOOP601]
    QMetaObject::invokeMethod(&moved, [] {}, Qt::BlockingQueuedConnection);
  }

private:
  Sink &moved;
};

int main(int count, char **arguments) {
  QCoreApplication application(count, arguments);
  Source source;
  Sink sink;
  QTimer timer;
  QObject::connect(&source, &Source::found, &sink, &Sink::take, Qt::BlockingQueuedConnection);
  QObject::connect(&source, SIGNAL(named(int)), &sink, SLOT(take(int)), Qt::BlockingQueuedConnection);
  QObject::connect(&source, &Source::free, &sink, &Sink::take);
  QObject::connect(&source, &Source::ended, &sink, [] {}, Qt::BlockingQueuedConnection);
  QObject::connect(&timer, &QTimer::timeout, &source, &Source::poll_bad);
  QObject::connect(&timer, &QTimer::timeout, &source, &Source::look_bad);
  // CHECK: main.cpp:[[@LINE+1]]:3: error: `QObject::BlockingQueuedConnection` waits on the loop's own thread {{.*}} [LOOP203]
  QObject::connect(&timer, &QTimer::timeout, &sink, [] {}, Qt::BlockingQueuedConnection);
  source.end_bad();
  // CHECK: main.cpp:[[@LINE+1]]:3: error: `QMetaObject::invokeMethod` waits on the main thread {{.*}} [LOOP203]
  QMetaObject::invokeMethod(&sink, [] {}, Qt::BlockingQueuedConnection);

  Reader_ok reader;
  QObject::connect(&reader, &Reader_ok::line, &sink, &Sink::take, Qt::BlockingQueuedConnection);
  reader.start();
  QThread thread;
  Worker_ok worker;
  worker.moveToThread(&thread);
  QObject::connect(&thread, &QThread::started, &worker, &Worker_ok::work);
  QObject::connect(&worker, &Worker_ok::done, &sink, &Sink::take, Qt::BlockingQueuedConnection);
  Sink moved;
  moved.moveToThread(&thread);
  thread.start();
  QMetaObject::invokeMethod(&moved, [] {}, Qt::BlockingQueuedConnection);
  Window_ok window(moved);
  QObject::connect(&timer, &QTimer::timeout, &window, &Window_ok::press);
  std::thread other([&] { QMetaObject::invokeMethod(&sink, [] {}, Qt::BlockingQueuedConnection); });
  int status = application.exec();
  other.join();
  return status;
}
