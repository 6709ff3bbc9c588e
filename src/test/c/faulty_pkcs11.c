/*
 * A PKCS#11 library that stands before a real one and misbehaves on request.
 *
 * Read at C_Initialize from the environment:
 *   CHANCERY_SHIM_MODULE   the real library
 *   CHANCERY_SHIM_CONTROL  the faults, a text file; replace it by rename, it is looked at before every call
 *   CHANCERY_SHIM_COUNTS   a file of 64-bit counters, mapped: they outlive a process that is killed
 *
 * A line of the control file, where <f> is a function's name or *, [n] is how many calls (all without it),
 * and `on <label>` restricts a line to the token of that label (calls that name a session or slot):
 *   [on <label>] <f> return <ckr> [n]    is answered so, the real library is not asked
 *   [on <label>] <f> lose <ckr> [n]      the real library does it, the answer is lost
 *   [on <label>] <f> delay <ms> [n]
 *   [on <label>] <f> hang [n]            until a control file says `release`, then does it
 *   [on <label>] <f> hang-after [n]      does it, then hangs
 *   [on <label>] C_Sign leave-active [n] CKR_DEVICE_ERROR, and the operation stays active in that session
 *   [on <label>] C_Sign corrupt [n]      an octet of the signature is another
 *   [on <label>] C_FindObjects empty [n]
 *   [on <label>] token-gone              no such token, its sessions die
 *   [on <label>] sessions-lost           once: every session is closed, which logs out
 *   [on <label>] token-flags <bits>      more flags in CK_TOKEN_INFO
 *   [on <label>] token-serial <text>     another serial number
 *   until-initialize <ckr>               everything is answered so until C_Finalize and C_Initialize
 *   release                              whoever hangs goes on
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

typedef unsigned long W; /* CK_ULONG, a handle, or a pointer: each is a word */
typedef W RV;

#define EXPORT __attribute__((visibility("default")))

enum {
  CKR_OK = 0,
  CKR_GENERAL_ERROR = 5,
  CKR_DEVICE_ERROR = 0x30,
  CKR_DEVICE_REMOVED = 0x32,
  CKR_PIN_LOCKED = 0xa4,
  CKR_SESSION_HANDLE_INVALID = 0xb3,
  CKR_TOKEN_NOT_PRESENT = 0xe0,
};
/* CKR_PIN_INCORRECT to CKR_PIN_LOCKED */
static int refuses_pin(RV rv) { return rv >= 0xa0 && rv <= CKR_PIN_LOCKED; }

/* PKCS#11 v2.40 pkcs11f.h, in its order: name, number of arguments, kind of the first one. */
#define FUNCTIONS(F)                                                                             \
  F(C_Initialize, 1, NONE) F(C_Finalize, 1, NONE) F(C_GetInfo, 1, NONE)                          \
  F(C_GetFunctionList, 1, NONE) F(C_GetSlotList, 3, NONE) F(C_GetSlotInfo, 2, SLOT)              \
  F(C_GetTokenInfo, 2, SLOT) F(C_GetMechanismList, 3, SLOT) F(C_GetMechanismInfo, 3, SLOT)       \
  F(C_InitToken, 4, SLOT) F(C_InitPIN, 3, SESSION) F(C_SetPIN, 5, SESSION)                       \
  F(C_OpenSession, 5, SLOT) F(C_CloseSession, 1, SESSION) F(C_CloseAllSessions, 1, SLOT)         \
  F(C_GetSessionInfo, 2, SESSION) F(C_GetOperationState, 3, SESSION)                             \
  F(C_SetOperationState, 5, SESSION) F(C_Login, 4, SESSION) F(C_Logout, 1, SESSION)              \
  F(C_CreateObject, 4, SESSION) F(C_CopyObject, 5, SESSION) F(C_DestroyObject, 2, SESSION)       \
  F(C_GetObjectSize, 3, SESSION) F(C_GetAttributeValue, 4, SESSION)                              \
  F(C_SetAttributeValue, 4, SESSION) F(C_FindObjectsInit, 3, SESSION)                            \
  F(C_FindObjects, 4, SESSION) F(C_FindObjectsFinal, 1, SESSION) F(C_EncryptInit, 3, SESSION)    \
  F(C_Encrypt, 5, SESSION) F(C_EncryptUpdate, 5, SESSION) F(C_EncryptFinal, 3, SESSION)          \
  F(C_DecryptInit, 3, SESSION) F(C_Decrypt, 5, SESSION) F(C_DecryptUpdate, 5, SESSION)           \
  F(C_DecryptFinal, 3, SESSION) F(C_DigestInit, 2, SESSION) F(C_Digest, 5, SESSION)              \
  F(C_DigestUpdate, 3, SESSION) F(C_DigestKey, 2, SESSION) F(C_DigestFinal, 3, SESSION)          \
  F(C_SignInit, 3, SESSION) F(C_Sign, 5, SESSION) F(C_SignUpdate, 3, SESSION)                    \
  F(C_SignFinal, 3, SESSION) F(C_SignRecoverInit, 3, SESSION) F(C_SignRecover, 5, SESSION)       \
  F(C_VerifyInit, 3, SESSION) F(C_Verify, 5, SESSION) F(C_VerifyUpdate, 3, SESSION)              \
  F(C_VerifyFinal, 3, SESSION) F(C_VerifyRecoverInit, 3, SESSION)                                \
  F(C_VerifyRecover, 5, SESSION) F(C_DigestEncryptUpdate, 5, SESSION)                            \
  F(C_DecryptDigestUpdate, 5, SESSION) F(C_SignEncryptUpdate, 5, SESSION)                        \
  F(C_DecryptVerifyUpdate, 5, SESSION) F(C_GenerateKey, 5, SESSION)                              \
  F(C_GenerateKeyPair, 8, SESSION) F(C_WrapKey, 6, SESSION) F(C_UnwrapKey, 8, SESSION)           \
  F(C_DeriveKey, 6, SESSION) F(C_SeedRandom, 3, SESSION) F(C_GenerateRandom, 3, SESSION)         \
  F(C_GetFunctionStatus, 1, SESSION) F(C_CancelFunction, 1, SESSION)                             \
  F(C_WaitForSlotEvent, 3, NONE)

enum kind { NONE, SLOT, SESSION };
#define NUMBER(name, arity, kind) N_##name,
enum number { FUNCTIONS(NUMBER) N_FUNCTIONS };
#define NAME(name, arity, kind) #name,
static const char *const names[] = {FUNCTIONS(NAME)};
#define KIND(name, arity, kind) kind,
static const enum kind kinds[] = {FUNCTIONS(KIND)};

typedef struct {
  unsigned char version[2];
  void *functions[N_FUNCTIONS];
} FunctionList;

static FunctionList *real;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;      /* rules, sessions */
static pthread_rwlock_t inside = PTHREAD_RWLOCK_WRITER_NONRECURSIVE_INITIALIZER_NP; /* written while sessions are taken away */

/* ---- counters: one for each function, then these ---- */
enum {
  MADE = N_FUNCTIONS, /* signatures that the real library made */
  LOST,               /* of these, answers that were lost, or corrupted, on the way */
  LOGINS_REFUSED,
  LOCKED,
  FAULTS,  /* how often a line of the control file was applied */
  HANGING, /* at the moment */
  OPEN,    /* sessions at the moment */
  COUNTERS
};
static _Atomic uint64_t fallback[COUNTERS];
static _Atomic uint64_t *counters = fallback;
static void count(int which, int by) { atomic_fetch_add(&counters[which], (uint64_t)(int64_t)by); }

/* ---- sessions ---- */
#define SESSIONS 4096
#define LABEL 33
static struct session {
  W handle;
  int used;
  char label[LABEL];
} sessions[SESSIONS];

/* The token's label without its padding. CK_TOKEN_INFO begins with it; it has 208 octets. */
static void label_of(W slot, char *label) {
  unsigned char info[512] = {0};
  label[0] = 0;
  RV (*get)(W, W) = (RV(*)(W, W))real->functions[N_C_GetTokenInfo];
  if (get(slot, (W)info) != CKR_OK) return;
  memcpy(label, info, 32);
  int end = 32;
  while (end > 0 && (label[end - 1] == ' ' || label[end - 1] == 0)) end--;
  label[end] = 0;
}

static struct session *session_of(W handle) {
  for (int i = 0; i < SESSIONS; i++)
    if (sessions[i].used && sessions[i].handle == handle) return &sessions[i];
  return 0;
}

static void remember(W handle, const char *label) {
  for (int i = 0; i < SESSIONS; i++)
    if (!sessions[i].used) {
      sessions[i].used = 1;
      sessions[i].handle = handle;
      strcpy(sessions[i].label, label);
      count(OPEN, 1);
      return;
    }
}

static void forget(struct session *one) {
  if (one && one->used) {
    one->used = 0;
    count(OPEN, -1);
  }
}

static void forget_label(const char *label) {
  for (int i = 0; i < SESSIONS; i++)
    if (sessions[i].used && (!label[0] || !strcmp(sessions[i].label, label))) forget(&sessions[i]);
}

/* ---- rules ---- */
enum verb { RETURN, LOSE, DELAY, HANG, HANG_AFTER, ACTIVE, CORRUPT, EMPTY, GONE, SESSIONS_LOST, FLAGS, SERIAL, WEDGED };
#define RULES 64
static struct rule {
  enum verb verb;
  int function; /* -1: all */
  W value;
  long left; /* -1: for ever */
  char label[LABEL];
  char text[LABEL];
} rules[RULES];
static int rule_count, released;
static RV wedged;
static char control[4096];
static struct stat seen;

static int number_of(const char *name) {
  if (!strcmp(name, "*")) return -1;
  for (int i = 0; i < N_FUNCTIONS; i++)
    if (!strcmp(name, names[i])) return i;
  fprintf(stderr, "faulty_pkcs11: no function %s\n", name);
  return N_FUNCTIONS;
}

static void parse(char *line) {
  char *words[8] = {0}, *rest = 0;
  int n = 0;
  for (char *w = strtok_r(line, " \t\r\n", &rest); w && n < 8; w = strtok_r(0, " \t\r\n", &rest))
    words[n++] = w;
  if (!n || words[0][0] == '#') return;
  char **w = words;
  struct rule rule = {.function = -1, .left = -1};
  if (!strcmp(w[0], "on") && n > 2) {
    snprintf(rule.label, LABEL, "%s", w[1]);
    w += 2, n -= 2;
  }
  if (!strcmp(w[0], "release")) { released = 1; return; }
  if (!strcmp(w[0], "token-gone")) rule.verb = GONE;
  else if (!strcmp(w[0], "sessions-lost")) rule.verb = SESSIONS_LOST, rule.left = 1;
  else if (!strcmp(w[0], "until-initialize") && n > 1) rule.verb = WEDGED, rule.value = strtoul(w[1], 0, 0), rule.left = 1;
  else if (!strcmp(w[0], "token-flags") && n > 1) rule.verb = FLAGS, rule.value = strtoul(w[1], 0, 0);
  else if (!strcmp(w[0], "token-serial") && n > 1) rule.verb = SERIAL, snprintf(rule.text, LABEL, "%s", w[1]);
  else if (n > 1) {
    rule.function = number_of(w[0]);
    const char *verb = w[1];
    int argument = 2;
    if (!strcmp(verb, "return") && n > 2) rule.verb = RETURN, rule.value = strtoul(w[2], 0, 0), argument = 3;
    else if (!strcmp(verb, "lose") && n > 2) rule.verb = LOSE, rule.value = strtoul(w[2], 0, 0), argument = 3;
    else if (!strcmp(verb, "delay") && n > 2) rule.verb = DELAY, rule.value = strtoul(w[2], 0, 0), argument = 3;
    else if (!strcmp(verb, "hang")) rule.verb = HANG;
    else if (!strcmp(verb, "hang-after")) rule.verb = HANG_AFTER;
    else if (!strcmp(verb, "leave-active")) rule.verb = ACTIVE;
    else if (!strcmp(verb, "corrupt")) rule.verb = CORRUPT;
    else if (!strcmp(verb, "empty")) rule.verb = EMPTY;
    else { fprintf(stderr, "faulty_pkcs11: no verb %s\n", verb); return; }
    if (n > argument) rule.left = strtol(w[argument], 0, 0);
  } else { fprintf(stderr, "faulty_pkcs11: no such line: %s\n", w[0]); return; }
  if (rule_count < RULES) rules[rule_count++] = rule;
}

static int matches(const struct rule *rule, const char *label) {
  return rule->left != 0 && (!rule->label[0] || !strcmp(rule->label, label));
}

/* Takes the sessions of a token away, with nobody inside. Called without any lock held. */
static void take_sessions(const char *label) {
  W slots[64], found = 64;
  pthread_rwlock_wrlock(&inside);
  RV (*list)(W, W, W) = (RV(*)(W, W, W))real->functions[N_C_GetSlotList];
  RV (*close_all)(W) = (RV(*)(W))real->functions[N_C_CloseAllSessions];
  if (list(1, (W)slots, (W)&found) == CKR_OK)
    for (W i = 0; i < found; i++) {
      char here[LABEL];
      label_of(slots[i], here);
      if (!label[0] || !strcmp(label, here)) close_all(slots[i]);
    }
  pthread_mutex_lock(&lock);
  forget_label(label);
  pthread_mutex_unlock(&lock);
  pthread_rwlock_unlock(&inside);
}

/* Reads the control file again if it is another one. */
static void look(void) {
  struct stat now;
  if (!control[0]) return;
  if (stat(control, &now)) memset(&now, 0, sizeof now);
  pthread_mutex_lock(&lock);
  int same = now.st_ino == seen.st_ino && now.st_size == seen.st_size &&
             now.st_mtim.tv_sec == seen.st_mtim.tv_sec && now.st_mtim.tv_nsec == seen.st_mtim.tv_nsec;
  char away[RULES][LABEL];
  int taken = 0;
  if (!same) {
    seen = now;
    rule_count = 0;
    released = !now.st_ino; /* no file: nobody hangs */
    FILE *file = fopen(control, "r");
    if (file) {
      char line[512];
      while (fgets(line, sizeof line, file)) parse(line);
      fclose(file);
    }
    for (int i = 0; i < rule_count; i++) {
      if (rules[i].verb == GONE || rules[i].verb == SESSIONS_LOST) strcpy(away[taken++], rules[i].label);
      if (rules[i].verb == WEDGED) wedged = rules[i].value;
    }
  }
  pthread_mutex_unlock(&lock);
  for (int i = 0; real && i < taken; i++) {
    count(FAULTS, 1);
    take_sessions(away[i]);
  }
}

static void pause_ms(W ms) {
  struct timespec t = {ms / 1000, (ms % 1000) * 1000000L};
  nanosleep(&t, 0);
}

static void hang(void) {
  count(HANGING, 1);
  for (int over = 0; !over;) {
    pause_ms(5);
    look();
    pthread_mutex_lock(&lock);
    over = released;
    pthread_mutex_unlock(&lock);
  }
  count(HANGING, -1);
}

/* The first line that this call meets, used up by one. */
static int rule_for(int function, const char *label, struct rule *out) {
  int found = 0;
  for (int i = 0; i < rule_count && !found; i++)
    if (rules[i].verb <= EMPTY && matches(&rules[i], label) &&
        (rules[i].function == function || (rules[i].function == -1 && function != N_C_Initialize && function != N_C_Finalize))) {
      if (rules[i].left > 0) rules[i].left--;
      *out = rules[i];
      found = 1;
      count(FAULTS, 1);
    }
  return found;
}

static const struct rule *standing(enum verb verb, const char *label) {
  for (int i = 0; i < rule_count; i++)
    if (rules[i].verb == verb && matches(&rules[i], label)) return &rules[i];
  return 0;
}

static RV ask(int n, const W *a) {
  typedef RV (*F)(W, W, W, W, W, W, W, W);
  return ((F)real->functions[n])(a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7]);
}

/* What a real answer means for what we keep. Under `inside`, so that no session dies meanwhile. */
static void note(int n, const W *a, const char *label, RV rv) {
  if (rv == CKR_OK && ((n == N_C_Sign && a[3]) || (n == N_C_SignFinal && a[1]))) count(MADE, 1);
  pthread_mutex_lock(&lock);
  if (n == N_C_OpenSession && rv == CKR_OK) remember(*(W *)a[4], label);
  if (n == N_C_CloseSession) forget(session_of(a[0]));
  if (n == N_C_CloseAllSessions && rv == CKR_OK) forget_label(label);
  pthread_mutex_unlock(&lock);
  if (n == N_C_Login && refuses_pin(rv)) count(LOGINS_REFUSED, 1);
  if (n == N_C_Login && rv == CKR_PIN_LOCKED) count(LOCKED, 1);
}

/* Takes tokens that are gone out of a list of slots, and dresses CK_TOKEN_INFO. */
static RV disguise(int n, const W *a, RV rv) {
  if (rv != CKR_OK) return rv;
  if (n == N_C_GetSlotList && a[1]) {
    W *slots = (W *)a[1], *found = (W *)a[2], kept = 0;
    for (W i = 0; i < *found; i++) {
      char label[LABEL];
      label_of(slots[i], label);
      pthread_mutex_lock(&lock);
      int gone = !!standing(GONE, label);
      pthread_mutex_unlock(&lock);
      if (!gone) slots[kept++] = slots[i];
    }
    *found = kept;
  }
  if (n == N_C_GetTokenInfo) {
    char label[LABEL];
    label_of(a[0], label);
    unsigned char *info = (unsigned char *)a[1];
    pthread_mutex_lock(&lock);
    const struct rule *rule = standing(FLAGS, label);
    if (rule) *(W *)(info + 96) |= rule->value; /* label 32, maker 32, model 16, serial number 16 */
    rule = standing(SERIAL, label);
    if (rule) {
      memset(info + 80, ' ', 16);
      memcpy(info + 80, rule->text, strlen(rule->text) > 16 ? 16 : strlen(rule->text));
    }
    pthread_mutex_unlock(&lock);
  }
  return rv;
}

static RV call(int n, const W *a) {
  int asks_length = n == N_C_Sign && !a[3]; /* PKCS#11 s5.2: signs nothing, and is no call to us */
  if (!asks_length) count(n, 1);
  look();
  if (!real) return 0x190; /* CKR_CRYPTOKI_NOT_INITIALIZED */
  char label[LABEL] = "";
  struct rule rule = {0};
  pthread_mutex_lock(&lock);
  struct session *session = kinds[n] == SESSION ? session_of(a[0]) : 0;
  if (session) strcpy(label, session->label);
  pthread_mutex_unlock(&lock);
  if (kinds[n] == SLOT) {
    pthread_rwlock_rdlock(&inside);
    label_of(a[0], label);
    pthread_rwlock_unlock(&inside);
  }
  pthread_mutex_lock(&lock);
  RV stuck = wedged;
  int gone = kinds[n] != NONE && standing(GONE, label);
  int ruled = !stuck && !gone && !asks_length && rule_for(n, label, &rule);
  pthread_mutex_unlock(&lock);
  if (stuck) { count(FAULTS, 1); return stuck; }
  if (gone) return kinds[n] == SLOT ? CKR_TOKEN_NOT_PRESENT : CKR_DEVICE_REMOVED;
  if (ruled) switch (rule.verb) {
    case RETURN:
      if (n == N_C_Login && refuses_pin(rule.value)) count(LOGINS_REFUSED, 1);
      if (n == N_C_Login && rule.value == CKR_PIN_LOCKED) count(LOCKED, 1);
      return rule.value;
    case ACTIVE: return CKR_DEVICE_ERROR; /* the real operation is begun and stays so */
    case DELAY: pause_ms(rule.value); break;
    case HANG: hang(); break;
    default: break;
  }
  pthread_rwlock_rdlock(&inside);
  RV rv = ask(n, a);
  note(n, a, label, rv);
  rv = disguise(n, a, rv);
  pthread_rwlock_unlock(&inside);
  if (ruled) switch (rule.verb) {
    case HANG_AFTER: hang(); break;
    case LOSE:
      if (rv == CKR_OK && (n == N_C_Sign || n == N_C_SignFinal)) count(LOST, 1);
      return rule.value;
    case CORRUPT:
      if (rv == CKR_OK && n == N_C_Sign && a[3]) {
        ((unsigned char *)a[3])[5] ^= 1;
        count(LOST, 1);
      }
      break;
    case EMPTY:
      if (rv == CKR_OK && n == N_C_FindObjects) *(W *)a[3] = 0;
      break;
    default: break;
  }
  return rv;
}

/* ---- the library's own life ---- */
static RV load(void) {
  const char *module = getenv("CHANCERY_SHIM_MODULE"), *file = getenv("CHANCERY_SHIM_CONTROL");
  const char *counts = getenv("CHANCERY_SHIM_COUNTS");
  if (real) return CKR_OK;
  if (!module) { fprintf(stderr, "faulty_pkcs11: CHANCERY_SHIM_MODULE is not set\n"); return CKR_GENERAL_ERROR; }
  void *library = dlopen(module, RTLD_NOW | RTLD_LOCAL);
  RV (*get)(FunctionList **) = library ? (RV(*)(FunctionList **))dlsym(library, "C_GetFunctionList") : 0;
  if (!get) { fprintf(stderr, "faulty_pkcs11: %s\n", dlerror()); return CKR_GENERAL_ERROR; }
  if (file) snprintf(control, sizeof control, "%s", file);
  if (counts) {
    int fd = open(counts, O_RDWR | O_CREAT, 0600);
    if (fd >= 0 && !ftruncate(fd, COUNTERS * 8)) {
      void *map = mmap(0, COUNTERS * 8, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
      if (map != MAP_FAILED) counters = map;
    }
    if (fd >= 0) close(fd);
    atomic_store(&counters[HANGING], 0); /* what a process that was killed left */
    atomic_store(&counters[OPEN], 0);
  }
  FunctionList *list = 0;
  RV rv = get(&list);
  if (rv == CKR_OK) real = list;
  return rv;
}

static RV lifecycle(int n, const W *a) {
  pthread_mutex_lock(&lock);
  RV loaded = load();
  pthread_mutex_unlock(&lock);
  if (loaded != CKR_OK) return loaded;
  count(n, 1);
  look();
  struct rule rule = {0};
  pthread_mutex_lock(&lock);
  int ruled = rule_for(n, "", &rule);
  pthread_mutex_unlock(&lock);
  if (ruled && rule.verb == RETURN) return rule.value;
  if (ruled && rule.verb == DELAY) pause_ms(rule.value);
  if (ruled && rule.verb == HANG) hang();
  pthread_rwlock_wrlock(&inside);
  RV rv = ask(n, a);
  pthread_mutex_lock(&lock);
  if (n == N_C_Initialize && rv == CKR_OK) wedged = 0;
  if (n == N_C_Finalize && rv == CKR_OK) forget_label("");
  pthread_mutex_unlock(&lock);
  pthread_rwlock_unlock(&inside);
  return rv;
}

static FunctionList mine;
static RV shim_C_GetFunctionList(W list) {
  *(FunctionList **)list = &mine;
  return CKR_OK;
}

#define ARGS_1 W a
#define ARGS_2 ARGS_1, W b
#define ARGS_3 ARGS_2, W c
#define ARGS_4 ARGS_3, W d
#define ARGS_5 ARGS_4, W e
#define ARGS_6 ARGS_5, W f
#define ARGS_8 ARGS_6, W g, W h
#define LIST_1 a
#define LIST_2 LIST_1, b
#define LIST_3 LIST_2, c
#define LIST_4 LIST_3, d
#define LIST_5 LIST_4, e
#define LIST_6 LIST_5, f
#define LIST_8 LIST_6, g, h
#define THROUGH(name, arity, kind)                                       \
  static RV through_##name(ARGS_##arity) {                               \
    W list[8] = {LIST_##arity};                                          \
    return N_##name <= N_C_Finalize ? lifecycle(N_##name, list) : call(N_##name, list); \
  }
FUNCTIONS(THROUGH)

#define PUT(name, arity, kind) mine.functions[N_##name] = (void *)through_##name;
__attribute__((constructor)) static void fill(void) {
  mine.version[0] = 2;
  mine.version[1] = 40;
  FUNCTIONS(PUT)
  mine.functions[N_C_GetFunctionList] = (void *)shim_C_GetFunctionList;
}

EXPORT RV C_GetFunctionList(FunctionList **list) { return shim_C_GetFunctionList((W)list); }
