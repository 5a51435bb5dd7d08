/* The same exact sweep in C, for comparison: haircut (a layer for each theft) or poison (a bit for each), over the same
   arrays. Fees are dropped, and thefts are of coinbases, which take nothing in then: no theft meets another's labels.
   cc -O3 -o sweep sweep.c;  sweep FILE haircut|poison REPEATS OUTPUT:TX ... (at most 32 thefts, in chain order)
   FILE: two u64 (transactions, outputs), then first_output u32[t+1], fee f64[t], value f64[o], spender u32[o].
   Prints the best time in milliseconds and the most memory in KiB; then for each layer, which under haircut is the sum of
   all thefts from one on and under poison of all, what is held, the fees and the unspent outputs. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

typedef unsigned __int128 wide;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static void *load(FILE *file, size_t bytes) {
  void *at = malloc(bytes ? bytes : 1);
  if (!at || fread(at, 1, bytes, file) != bytes) {
    fprintf(stderr, "sweep: the file is too short\n");
    exit(2);
  }
  return at;
}

/* The least integer not below s*c/t. */
static inline uint64_t share_above(uint64_t s, uint64_t c, uint64_t t) {
  if (s == t) return c;
  wide product = (wide)s * c + t - 1;
  /* Most products fit 64 bits, whose division is several times faster. */
  return (uint64_t)(product >> 64) == 0 ? (uint64_t)product / t : (uint64_t)(product / t);
}

typedef struct {
  size_t room, count;
  uint32_t *output;
  uint64_t *amount;
} list;

static inline void hold(list *l, uint32_t output, uint64_t amount) {
  if (l->count == l->room) {
    l->room = l->room ? 2 * l->room : 1024;
    l->output = realloc(l->output, 4 * l->room);
    l->amount = realloc(l->amount, 8 * l->room);
  }
  l->output[l->count] = output;
  l->amount[l->count++] = amount;
}

static size_t txs;
static uint32_t *first, *spender;
static uint64_t *fee, *value;

static void poison(const uint32_t *theft, const uint32_t *theft_tx, int thefts, list *held) {
  uint32_t *taken = calloc(txs, 4);
  for (int i = 0; i < thefts; i++) {
    if (spender[theft[i]] < txs) taken[spender[theft[i]]] |= 1u << i;
    else hold(held, theft[i], value[theft[i]]);
  }
  for (size_t t = theft_tx[0] + 1; t < txs; t++) {
    const uint32_t bits = taken[t];
    if (!bits) continue;
    for (uint32_t o = first[t]; o < first[t + 1]; o++) {
      if (!value[o]) continue;
      if (spender[o] < txs) taken[spender[o]] |= bits;
      else hold(held, o, value[o]);
    }
  }
  free(taken);
}

static uint64_t haircut(const uint32_t *theft, const uint32_t *theft_tx, int thefts, list *held) {
  uint64_t fees = 0, *taken = calloc(txs, 8);
  for (int i = 0; i < thefts; i++) {
    if (spender[theft[i]] < txs) taken[spender[theft[i]]] += value[theft[i]];
    else hold(held, theft[i], value[theft[i]]);
  }
  for (size_t t = theft_tx[0] + 1; t < txs; t++) {
    uint64_t left = taken[t];
    if (!left) continue;
    uint64_t total = fee[t];
    for (uint32_t o = first[t]; o < first[t + 1]; o++) total += value[o];
    for (uint32_t o = first[t]; o < first[t + 1]; o++) {
      const uint64_t amount = value[o];
      if (!amount) continue;
      const uint64_t part = share_above(left, amount, total);
      left -= part;
      total -= amount;
      if (!part) continue;
      if (spender[o] < txs) taken[spender[o]] += part;
      else hold(held, o, part);
    }
    fees += left;
  }
  free(taken);
  return fees;
}

int main(int argc, char **argv) {
  const int thefts = argc - 4;
  if (thefts < 1 || thefts > 32) return 2;
  FILE *file = fopen(argv[1], "rb");
  if (!file) return 2;
  uint64_t head[2];
  if (fread(head, 8, 2, file) != 2) return 2;
  txs = head[0];
  const size_t outputs = head[1];
  first = load(file, 4 * (txs + 1));
  double *fee_d = load(file, 8 * txs);
  double *value_d = load(file, 8 * outputs);
  spender = load(file, 4 * outputs);
  /* Amounts as integers: C divides those. */
  fee = (uint64_t *)fee_d;
  value = (uint64_t *)value_d;
  for (size_t i = 0; i < txs; i++) fee[i] = (uint64_t)fee_d[i];
  for (size_t i = 0; i < outputs; i++) value[i] = (uint64_t)value_d[i];
  const int is_poison = strcmp(argv[2], "poison") == 0;
  const int layers = is_poison ? 1 : thefts;
  uint32_t theft[32], theft_tx[32];
  for (int i = 0; i < thefts; i++) {
    if (sscanf(argv[4 + i], "%u:%u", &theft[i], &theft_tx[i]) != 2 || theft[i] >= outputs) return 2;
  }
  double best = 1e300;
  list held[32] = {0};
  uint64_t fees[32] = {0};
  for (int repeat = atoi(argv[3]); repeat > 0; repeat--) {
    for (int k = 0; k < layers; k++) {
      free(held[k].output);
      free(held[k].amount);
      memset(&held[k], 0, sizeof(list));
    }
    const double start = now();
    if (is_poison) poison(theft, theft_tx, thefts, &held[0]);
    else for (int k = 0; k < layers; k++) fees[k] = haircut(theft + k, theft_tx + k, thefts - k, &held[k]);
    const double took = now() - start;
    if (took < best) best = took;
  }
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  printf("%.3f %ld\n", best, usage.ru_maxrss);
  for (int k = 0; k < layers; k++) {
    uint64_t sum = 0;
    for (size_t i = 0; i < held[k].count; i++) sum += held[k].amount[i];
    printf("%llu %llu %zu\n", (unsigned long long)sum, (unsigned long long)fees[k], held[k].count);
  }
  return 0;
}
