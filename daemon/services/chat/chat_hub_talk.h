/* chat_hub_talk.h — what people here and elsewhere say, as a room hears it.
 * Pure. */
#ifndef NETLAB_SERVICES_CHAT_HUB_TALK_H
#define NETLAB_SERVICES_CHAT_HUB_TALK_H

#include "services/chat/chat_hub.h"

/* Somebody called NAME, who is PERSON unless that is NULL, says TEXT in ROOM;
 * IS_DONE: does it (/me). */
void chat_hub_talk_room(struct chat_hub *hub, struct chat_room *room,
    struct chat_person *person, struct span name, struct span text,
    bool is_done);

/* Somebody called NAME says TEXT to TARGET, of this host, alone. */
void chat_hub_talk_direct(struct chat_hub *hub, struct chat_person *target,
    struct span name, struct span text);

/* PERSON, in a room, is called NAME, which is free, and its room hears of it.
 */
void chat_hub_talk_rename(
    struct chat_hub *hub, struct chat_person *person, struct span name);

#endif
