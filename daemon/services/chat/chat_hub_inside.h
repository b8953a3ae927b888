/* chat_hub_inside.h — what the files of the hub do for one another; nobody
 * else's. Pure. */
#ifndef NETLAB_SERVICES_CHAT_HUB_INSIDE_H
#define NETLAB_SERVICES_CHAT_HUB_INSIDE_H

#include "services/chat/chat_hub.h"

/* NAME is somebody's, or one that only the server may speak by. */
bool chat_hub_inside_is_taken(const struct chat_hub *hub, struct span name);

/* Fills in who EVENT is about, and where, and tells those who share it, if
 * PERSON is of this host. */
void chat_hub_inside_share(struct chat_hub *hub, struct chat_person *person,
    const struct chat_event *event);

/* PERSON, in a room or about to come in, is called NAME, which is free, from
 * now on. */
void chat_hub_inside_name(
    struct chat_hub *hub, struct chat_person *person, struct span name);

/* PERSON, which has a name and no room, is in ROOM. */
void chat_hub_inside_come(struct chat_hub *hub, struct chat_person *person,
    struct chat_room *room, bool is_quiet);

/* PERSON is in no room, and its room goes if nobody else is in it. */
void chat_hub_inside_go(struct chat_hub *hub, struct chat_person *person,
    struct span reason, bool is_moving, bool is_quiet);

/* PERSON is not in the chat any more, if it was; its queue stays. */
void chat_hub_inside_end(struct chat_hub *hub, struct chat_person *person,
    struct span reason, bool is_quiet);

#endif
