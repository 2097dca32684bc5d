// Slots that are named by their signatures, and actions of menus.
// RUN: rm -rf %t && split-file --leading-lines %s %t && cd %t && %compile-commands src -std=c++20 -I%t/include
// RUN: not %looplint check --no-cache --output-format=concise src | FileCheck %s --implicit-check-not='{{error|warning}}:'

//--- include/qt.h
const char *qFlagLocation(const char *method);
#define SIGNAL(a) qFlagLocation("2" #a "\0" __FILE__)
#define SLOT(a) qFlagLocation("1" #a "\0" __FILE__)
namespace Qt {
enum ConnectionType { AutoConnection, DirectConnection, QueuedConnection, BlockingQueuedConnection };
}
class QString {
public:
  QString(const char *text);
};
class QObject {
public:
  QObject(QObject *parent = nullptr);
  static void connect(QObject *sender, const char *signal, const QObject *receiver, const char *slot, Qt::ConnectionType type = Qt::AutoConnection);
};
namespace QMetaObject {
bool invokeMethod(QObject *object, const char *member, Qt::ConnectionType type);
}
class QTimer : public QObject {
public:
  void start(int interval);
  static void singleShot(int interval, const QObject *receiver, const char *slot);
};
class QThread : public QObject {
public:
  static void sleep(unsigned long seconds);
};
class QWidget : public QObject {
public:
  QWidget(QWidget *parent = nullptr);
  template <typename... T> void addAction(const QString &text, T... rest) {}
};
class QMenu : public QWidget {};
class QDialog : public QWidget {
public:
  int exec();
};
class QCoreApplication {
public:
  QCoreApplication(int &argc, char **argv);
  static int exec();
  static void processEvents();
};
//--- src/main.cpp
#include <qt.h>

class Form : public QWidget {
public:
  Form() {
    connect(&timer, SIGNAL(timeout()), this, SLOT(tick_bad()));
    QTimer::singleShot(100, this, SLOT(later_bad(int, const char *)));
    QMetaObject::invokeMethod(this, "invoked_bad", Qt::QueuedConnection);
    menu.addAction("Run", this, [this] { run_bad(); });
    menu.addAction("Stop", this, &Form::stop_bad);
    menu.addAction("Look", this, SLOT(look_bad()));
    connect(&timer, SIGNAL(timeout()), this, SLOT(missing()));
  }

private:
  void tick_bad() {
    // CHECK: main.cpp:[[@LINE+1]]:5: warning: `QThread::sleep` stops the running loop
    QThread::sleep(1);
  }
  void later_bad(int, const char *) {
    // CHECK: main.cpp:[[@LINE+1]]:5: warning: {{.*}}[LOOP201]
    QCoreApplication::processEvents();
  }
  void invoked_bad() {
    // CHECK: main.cpp:[[@LINE+1]]:5: warning: `QThread::sleep` stops the running loop
    QThread::sleep(1);
  }
  void run_bad() {
    // CHECK: main.cpp:[[@LINE+1]]:5: warning: {{.*}}[LOOP201]
    dialog.exec();
  }
  void stop_bad() {
    // CHECK: main.cpp:[[@LINE+1]]:5: warning: `QThread::sleep` stops the running loop
    QThread::sleep(1);
  }
  void look_bad() {
    // CHECK: main.cpp:[[@LINE+1]]:5: warning: {{.*}}[LOOP201]
    dialog.exec();
  }
  // Nobody names it.
  void FP_no_slot() { QThread::sleep(1); }

  QTimer timer;
  QMenu menu;
  QDialog dialog;
};

int main(int argc, char **argv) {
  QCoreApplication application(argc, argv);
  Form form;
  return QCoreApplication::exec();
}
