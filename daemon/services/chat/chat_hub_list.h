/* chat_hub_list.h — who is where: lists that somebody has asked for. Pure. */
#ifndef NETLAB_SERVICES_CHAT_HUB_LIST_H
#define NETLAB_SERVICES_CHAT_HUB_LIST_H

#include "services/chat/chat_hub.h"

/* Tells PERSON, behind INTRODUCTION, who is in ROOM. */
void chat_hub_list_people(struct chat_hub *hub, struct chat_person *person,
    const char *introduction, struct chat_room *room);

/* Tells PERSON which rooms there are. */
void chat_hub_list_rooms(struct chat_hub *hub, struct chat_person *person);

/* Tells PERSON of the command NAME; of all of them if that is empty. */
void chat_hub_list_help(
    struct chat_hub *hub, struct chat_person *person, struct span name);

#endif
