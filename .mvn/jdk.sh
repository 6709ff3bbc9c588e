# Finds a JDK 25 or later and exports JAVA_HOME; sourced by ./mvnw and ./chancery.
# Order: JAVA_HOME, then a JDK 25 on the PATH or in the usual places, then a later one there.
# Says what to install where there is none. Every name begins with chancery_: the file is sourced.

chancery_java_major() { # a JDK's folder -> its major version, 0 where it is no JDK
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || { echo 0; return; }
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

chancery_javac_home() { # the JDK behind the javac on the PATH, if there is one
  chancery_javac=$(command -v javac) && chancery_javac=$(readlink -f "$chancery_javac") &&
    dirname "$(dirname "$chancery_javac")"
}

chancery_find_jdk() {
  chancery_major=$(chancery_java_major "${JAVA_HOME:-}")
  if [ "${chancery_major:-0}" -ge 25 ] 2>/dev/null; then
    export JAVA_HOME
    return 0
  fi
  chancery_later=
  for chancery_jdk in "$(chancery_javac_home)" \
    /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /opt/*jdk* \
    "${HOME:-/}"/.sdkman/candidates/java/* "${HOME:-/}"/.jdks/* \
    "${HOME:-/}"/.local/share/mise/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -n "$chancery_jdk" ] && [ -d "$chancery_jdk" ] || continue
    chancery_major=$(chancery_java_major "$chancery_jdk")
    if [ "${chancery_major:-0}" -eq 25 ] 2>/dev/null; then
      JAVA_HOME=$chancery_jdk
      export JAVA_HOME
      return 0
    elif [ "${chancery_major:-0}" -gt 25 ] 2>/dev/null; then
      chancery_later=$chancery_jdk
    fi
  done
  if [ -n "$chancery_later" ]; then
    JAVA_HOME=$chancery_later
    export JAVA_HOME
    return 0
  fi
  echo "No JDK 25 found (looked at JAVA_HOME, the PATH and the usual places). Install one, for example Eclipse Temurin 25, and set JAVA_HOME to it." >&2
  return 1
}

chancery_find_jdk || exit 1
