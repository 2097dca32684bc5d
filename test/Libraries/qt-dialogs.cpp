// Loops that Qt's dialogues, menus and event loops run inside of slots, and what waits on the thread of the user interface.
// RUN: rm -rf %t && split-file --leading-lines %s %t && cd %t && %compile-commands src -std=c++20 -I%t/include
// RUN: not %looplint check --no-cache --output-format=concise src | FileCheck %s --implicit-check-not='{{error|warning}}:'

//--- include/qt.h
class QString {
public:
  QString(const char *text = "");
};
struct QPoint {};
class QObject {
public:
  QObject(QObject *parent = nullptr);
  virtual ~QObject();
  template <typename... Parts> static void connect(Parts... parts) {}
  void deleteLater();
};
class QCoreApplication : public QObject {
public:
  QCoreApplication(int &argc, char **argv);
  static int exec();
  static void processEvents();
};
class QApplication : public QCoreApplication {
public:
  using QCoreApplication::QCoreApplication;
};
class QEventLoop : public QObject {
public:
  int exec();
  void quit();
};
class QTimer : public QObject {
public:
  template <typename... Parts> static void singleShot(int interval, Parts... parts) {}
};
class QThread : public QObject {
public:
  void start();
  bool wait();

protected:
  virtual void run();
};
class QThreadPool : public QObject {
public:
  static QThreadPool *globalInstance();
  bool waitForDone(int milliseconds = -1);
};
class QProcess : public QObject {
public:
  void start(const QString &program);
  void started();
  void finished();
  bool waitForStarted(int milliseconds = 30000);
  bool waitForFinished(int milliseconds = 30000);
};
template <typename T> class QFuture {
public:
  T result();
  void waitForFinished();
};
class QFutureWatcherBase : public QObject {
public:
  void finished();
};
template <typename T> class QFutureWatcher : public QFutureWatcherBase {
public:
  void setFuture(const QFuture<T> &future);
  T result();
};
namespace QtConcurrent {
template <typename F> QFuture<int> run(F f) { return {}; }
}
class QReply : public QObject {
public:
  void finished();
};
class QCloseEvent {
public:
  void accept();
};
class QWidget : public QObject {
public:
  QWidget(QWidget *parent = nullptr);
  void show();
  void update();
  void customContextMenuRequested(const QPoint &at);

protected:
  virtual void closeEvent(QCloseEvent *event);
};
class QPushButton : public QWidget {
public:
  void clicked();
};
class QDialog : public QWidget {
public:
  using QWidget::QWidget;
  virtual int exec();
  virtual void open();
  void finished(int result);
};
class QMenu : public QWidget {
public:
  void addAction(const QString &text);
  void *exec(const QPoint &at);
};
class QFileDialog : public QDialog {
public:
  using QDialog::QDialog;
  static QString getOpenFileName(QWidget *parent);
  static QString getSaveFileName(QWidget *parent);
  static QString getExistingDirectory(QWidget *parent);
};
class QMessageBox : public QDialog {
public:
  using QDialog::QDialog;
  static int question(QWidget *parent, const QString &title);
  static void information(QWidget *parent, const QString &title);
};
class QInputDialog : public QDialog {
public:
  static QString getText(QWidget *parent, const QString &title);
};
//--- src/main.cpp
#include <qt.h>

class Settings : public QDialog {
public:
  using QDialog::QDialog;
};

// A thread of its own may wait, and run a loop of its own.
class Converter : public QThread {
protected:
  void run() override {
    QProcess process;
    process.start("convert");
    process.waitForStarted();
    process.waitForFinished();
    QEventLoop loop;
    QTimer::singleShot(10, &loop, &QEventLoop::quit);
    loop.exec();
  }
};

class Window : public QWidget {
public:
  Window() {
    connect(&open, &QPushButton::clicked, this, &Window::open_bad);
    connect(&settings, &QPushButton::clicked, this, [this] { dialogs_bad(); });
    connect(&run, &QPushButton::clicked, this, &Window::run_bad);
    connect(&fetch, &QPushButton::clicked, this, &Window::fetch_bad);
    connect(&compute, &QPushButton::clicked, this, &Window::compute_bad);
    connect(&fine, &QPushButton::clicked, this, &Window::fine_ok);
    connect(this, &QWidget::customContextMenuRequested, this, [](const QPoint &at) {
      QMenu menu;
      menu.addAction("Copy");
      // CHECK: main.cpp:[[@LINE+1]]:7: warning: `QMenu::exec` runs a loop inside a running loop: other handlers run in the middle of this one [LOOP201]
      menu.exec(at);
    });
  }

private:
  void open_bad() {
    // CHECK: main.cpp:[[@LINE+1]]:20: warning: `QFileDialog::getOpenFileName` runs a loop inside a running loop{{.*}} [LOOP201]
    QString name = QFileDialog::getOpenFileName(this);
    // CHECK: main.cpp:[[@LINE+1]]:12: warning: `QFileDialog::getSaveFileName` runs a loop inside a running loop{{.*}} [LOOP201]
    name = QFileDialog::getSaveFileName(this);
    // CHECK: main.cpp:[[@LINE+1]]:12: warning: `QFileDialog::getExistingDirectory` runs a loop inside a running loop{{.*}} [LOOP201]
    name = QFileDialog::getExistingDirectory(this);
    QFileDialog dialog(this);
    // CHECK: main.cpp:[[@LINE+1]]:9: warning: `QDialog::exec` runs a loop inside a running loop{{.*}} [LOOP201]
    if (dialog.exec() == 1)
      // CHECK: main.cpp:[[@LINE+1]]:7: warning: `QMessageBox::information` runs a loop inside a running loop{{.*}} [LOOP201]
      QMessageBox::information(this, name);
  }
  void dialogs_bad() {
    Settings dialog(this);
    // CHECK: main.cpp:[[@LINE+1]]:5: warning: `QDialog::exec` runs a loop inside a running loop{{.*}} [LOOP201]
    dialog.exec();
    QMessageBox box(this);
    // CHECK: main.cpp:[[@LINE+1]]:5: warning: `QDialog::exec` runs a loop inside a running loop{{.*}} [LOOP201]
    box.exec();
    // CHECK: main.cpp:[[@LINE+1]]:5: warning: `QInputDialog::getText` runs a loop inside a running loop{{.*}} [LOOP201]
    QInputDialog::getText(this, "Name");
  }
  void run_bad() {
    QProcess process;
    process.start("convert");
    // CHECK: main.cpp:[[@LINE+1]]:5: warning: `QProcess::waitForStarted` stops the running loop{{.*}} [LOOP802]
    process.waitForStarted();
    // CHECK: main.cpp:[[@LINE+1]]:5: warning: `QProcess::waitForFinished` stops the running loop{{.*}} [LOOP802]
    process.waitForFinished(-1);
    // CHECK: main.cpp:[[@LINE+1]]:5: warning: `QCoreApplication::processEvents` runs a loop inside a running loop{{.*}} [LOOP201]
    QApplication::processEvents();
    converter.start();
    // CHECK: main.cpp:[[@LINE+1]]:5: warning: `QThread::wait` stops the running loop{{.*}} [LOOP601]
    converter.wait();
  }
  void fetch_bad() {
    QEventLoop loop;
    connect(&reply, &QReply::finished, &loop, &QEventLoop::quit);
    // CHECK: main.cpp:[[@LINE+1]]:5: warning: `QEventLoop::exec` runs a loop inside a running loop{{.*}} [LOOP201]
    loop.exec();
  }
  void compute_bad() {
    QFuture<int> sum = QtConcurrent::run([] { return 1; });
    // CHECK: main.cpp:[[@LINE+1]]:5: warning: `QFuture::waitForFinished` stops the running loop{{.*}} [LOOP802]
    sum.waitForFinished();
    // CHECK: main.cpp:[[@LINE+1]]:5: warning: `QThreadPool::waitForDone` stops the running loop{{.*}} [LOOP601]
    QThreadPool::globalInstance()->waitForDone();
  }
  void fine_ok() {
    auto *dialog = new Settings(this);
    connect(dialog, &QDialog::finished, this, [this](int) { update(); });
    dialog->open();
    auto *process = new QProcess;
    connect(process, &QProcess::finished, this, [process] { process->deleteLater(); });
    process->start("convert");
    auto *watcher = new QFutureWatcher<int>;
    connect(watcher, &QFutureWatcherBase::finished, this, [watcher] { watcher->result(); });
    watcher->setFuture(QtConcurrent::run([] { return 1; }));
  }
  void closeEvent(QCloseEvent *event) override {
    // CHECK: main.cpp:[[@LINE+1]]:9: warning: `QMessageBox::question` runs a loop inside a running loop{{.*}} [LOOP201]
    if (QMessageBox::question(this, "Quit") == 1)
      event->accept();
  }

  QPushButton open, settings, run, fetch, compute, fine;
  QReply reply;
  Converter converter;
};

int main(int argc, char **argv) {
  QApplication application(argc, argv);
  // No loop runs yet: FP_before_the_loop.
  Settings login;
  if (login.exec() != 1)
    return 1;
  QProcess probe;
  probe.start("probe");
  probe.waitForFinished();
  Window window;
  window.show();
  return QApplication::exec();
}
