/* verbs.h — the table of all verbs: verbs.c is the one file that names them. */
#ifndef NETLAB_CLIENT_VERBS_H
#define NETLAB_CLIENT_VERBS_H

#include "client/verb.h"

extern const struct verb *const verbs[];
extern const unsigned verbs_count;

/* NULL: no verb of that name. */
const struct verb *verbs_find(const char *name);

/* The verbs, each beside its code. */
extern const struct verb verb_dns;
extern const struct verb verb_get;
extern const struct verb verb_ntp;
extern const struct verb verb_small_time;
extern const struct verb verb_small_daytime;
extern const struct verb verb_small_qotd;
extern const struct verb verb_small_echo;
extern const struct verb verb_small_discard;
extern const struct verb verb_small_chargen;
extern const struct verb verb_small_upper;
extern const struct verb verb_small_hello;
extern const struct verb verb_chat;
extern const struct verb verb_sniff;
extern const struct verb verb_explain;
extern const struct verb verb_status;

#endif
