/* chat_pair_meet.h — how two come together, and how they part. */
#ifndef NETLAB_CLIENT_CHAT_PAIR_MEET_H
#define NETLAB_CLIENT_CHAT_PAIR_MEET_H

#include "client/chat/chat_pair_inside.h"
#include "client/reach.h"
#include "core/span.h"

/* A listener: takes the first who has come, and expects its name. */
void chat_pair_meet_wait(struct chat_pair *pair);

/* REACH leads to the other, whose name is expected from here on. */
void chat_pair_meet_begin(struct chat_pair *pair, const struct reach *reach);

/* One who calls says its name; again when that is due. */
void chat_pair_meet_call(struct chat_pair *pair);

/* The other's name, LINE, has come. */
void chat_pair_meet(struct chat_pair *pair, struct span line);

/* Says ours. */
void chat_pair_meet_say_name(struct chat_pair *pair);

/* No name has come, for WHY: a listener waits for the next one. */
void chat_pair_meet_give_up(struct chat_pair *pair, const char *why);

/* We leave. */
void chat_pair_meet_leave(struct chat_pair *pair);

/* The other has left. */
void chat_pair_meet_left(struct chat_pair *pair);

/* It is over, with STATUS, an enum verb_exit. */
void chat_pair_meet_finish(struct chat_pair *pair, int status);

/* The same, and complains about WHO and WHY. */
void chat_pair_meet_fail(
    struct chat_pair *pair, int status, struct span who, struct span why);

#endif
