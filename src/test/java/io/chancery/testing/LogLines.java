package io.chancery.testing;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;

/** Everything that is logged while it is open, with the texts of exceptions. */
public final class LogLines extends Handler implements AutoCloseable {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Logger root = Logger.getLogger("");

  public static LogLines open() {
    LogLines lines = new LogLines();
    lines.root.addHandler(lines);
    return lines;
  }

  public List<String> lines() {
    return lines;
  }

  @Override
  public void publish(LogRecord one) {
    StringWriter text = new StringWriter();
    text.append(
        one instanceof ExtLogRecord formatted
            ? formatted.getFormattedMessage()
            : String.valueOf(one.getMessage()));
    for (Throwable cause = one.getThrown(); cause != null; cause = cause.getCause()) {
      new PrintWriter(text, true).append('\n').append(String.valueOf(cause)).flush();
    }
    lines.add(text.toString());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    root.removeHandler(this);
  }
}
