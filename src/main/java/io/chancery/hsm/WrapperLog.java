package io.chancery.hsm;

import org.xipki.pkcs11.wrapper.Logger;
import org.xipki.pkcs11.wrapper.StaticLogger;

/** Keeps the wrapper from writing to standard output, which is where it logs otherwise. */
final class WrapperLog implements Logger {
  private static final System.Logger LOG = System.getLogger(WrapperLog.class.getName());

  private WrapperLog() {}

  static void install() {
    StaticLogger.setLogger(new WrapperLog());
  }

  @Override
  public void info(String format, Object... arguments) {
    LOG.log(System.Logger.Level.DEBUG, () -> filled(format, arguments));
  }

  @Override
  public void warn(String format, Object... arguments) {
    LOG.log(System.Logger.Level.INFO, () -> filled(format, arguments));
  }

  @Override
  public void error(String format, Object... arguments) {
    LOG.log(System.Logger.Level.WARNING, () -> filled(format, arguments));
  }

  /** The wrapper's debug and trace name objects and templates: never written. */
  @Override
  public void debug(String format, Object... arguments) {}

  @Override
  public void trace(String format, Object... arguments) {}

  @Override
  public boolean isDebugEnabled() {
    return false;
  }

  @Override
  public boolean isInfoEnabled() {
    return LOG.isLoggable(System.Logger.Level.DEBUG);
  }

  @Override
  public boolean isWarnEnabled() {
    return true;
  }

  @Override
  public boolean isTraceEnabled() {
    return false;
  }

  private static String filled(String format, Object... arguments) {
    String text = format;
    for (Object argument : arguments) {
      text = text.replaceFirst("\\{}", java.util.regex.Matcher.quoteReplacement("" + argument));
    }
    return text;
  }
}
