/* chat_post.h — lines of the hub's → logs and queues, and who is woken for
 * them. Pure. */
#ifndef NETLAB_SERVICES_CHAT_POST_H
#define NETLAB_SERVICES_CHAT_POST_H

#include "services/chat/chat_compose.h"
#include "services/chat/chat_hub.h"
#include "services/chat/chat_room.h"

/* LINE is for everybody in ROOM but SENDER, who may be NULL. IS_TALK: it is
 * worth being remembered for those who come later. */
void chat_post_room(struct chat_hub *hub, struct chat_room *room,
    struct chat_person *sender, bool is_talk, struct chat_compose *line);

/* LINE is for PERSON, of this host, alone. */
void chat_post_person(struct chat_hub *hub, struct chat_person *person,
    struct chat_compose *line);

#endif
