"""Ways to ask that no page shows, and what is said in a house that is none of ours."""

from typing import Final

OWN: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "es": {
        "steps": (
            "¿Cuántos pasos hacia atrás he dado hoy?",
            "¿Cuántos pasos llevo hoy de espaldas?",
            "Dime cuántos pasos he caminado hacia atrás hoy",
            "cuantos pasos hacia atrás llevo",
        ),
        "goal": (
            "¿Cuánto me falta para mi objetivo?",
            "¿Cuántos pasos me faltan para llegar a mi meta?",
            "¿Cuántos minutos me quedan para el objetivo de hoy?",
            "¿Cómo voy con mi objetivo hoy?",
        ),
        "sitting": (
            "¿Cuánto tiempo llevo sentado?",
            "¿Desde cuándo estoy sentada?",
            "¿Cuánto llevo sin levantarme?",
            "Cuántos minutos llevo sentada ya",
        ),
        "week": (
            "¿Cómo fue mi semana?",
            "¿Qué tal mi semana?",
            "¿Cuántos pasos he dado hacia atrás esta semana?",
            "Dame mi resumen semanal",
        ),
        "start": (
            "Empieza mi caminata hacia atrás",
            "Quiero caminar hacia atrás",
            "Inicia la sesión guiada",
        ),
        "stop": (
            "Termina mi caminata hacia atrás",
            "Para la sesión guiada",
            "Deja de caminar hacia atrás",
        ),
        "stop_now": (
            "Para",
            "Basta",
            "Detente",
        ),
        "snooze": (
            "Pospón mi recordatorio 20 minutos",
            "Pospón el recordatorio",
            "Aplaza los recordatorios durante 30 minutos",
        ),
    },
    "fr": {
        "steps": (
            "Combien de pas à reculons ai-je faits aujourd'hui ?",
            "Combien de pas j'ai fait à reculons aujourd'hui",
            "Dis-moi combien de pas à reculons j'ai fait",
            "Combien de pas ai-je fait en arrière aujourd'hui",
        ),
        "goal": (
            "Combien me reste-t-il jusqu'à mon objectif ?",
            "Combien de pas me reste-t-il pour atteindre mon objectif ?",
            "Que me reste-t-il avant mon objectif",
            "Où en est mon objectif du jour ?",
            "À combien suis-je de mon objectif",
        ),
        "sitting": (
            "Depuis combien de temps suis-je assis ?",
            "Je suis assise depuis combien de temps ?",
            "Ça fait combien de temps que je suis assis",
            "Depuis quand est-ce que je suis assise ?",
        ),
        "week": (
            "Comment était ma semaine ?",
            "Comment s'est passée ma semaine ?",
            "Combien de pas ai-je fait à reculons cette semaine",
            "Donne-moi mon bilan de la semaine",
        ),
        "start": (
            "Commence ma marche à reculons",
            "Lance la séance guidée",
            "Je veux marcher à reculons maintenant",
        ),
        "stop": (
            "Arrête ma marche à reculons",
            "Termine la séance guidée",
            "Arrête de marcher à reculons",
        ),
        "stop_now": (
            "Stop",
            "Arrête",
            "Ça suffit",
        ),
        "snooze": (
            "Reporte mon rappel de 20 minutes",
            "Repousse le rappel",
            "Rappelle-moi plus tard de me lever",
        ),
    },
    "nl": {
        "steps": (
            "Hoeveel stappen heb ik vandaag achteruit gezet?",
            "Hoeveel achterwaartse stappen heb ik vandaag gedaan?",
            "Zeg me hoeveel stappen ik vandaag achteruit heb gelopen",
            "Hoeveel stappen achteruit vandaag?",
        ),
        "goal": (
            "Hoe ver is het nog tot mijn doel?",
            "Hoeveel stappen heb ik nog nodig voor mijn dagdoel?",
            "Hoeveel minuten moet ik nog tot mijn doel?",
            "Hoe staat het met mijn doel vandaag?",
        ),
        "sitting": (
            "Hoe lang zit ik al?",
            "Sinds wanneer zit ik hier?",
            "Hoelang heb ik nu al achter elkaar gezeten?",
            "Weet je hoe lang ik al zit",
        ),
        "week": (
            "Hoe was mijn week?",
            "Hoe gaat mijn week tot nu toe?",
            "Hoeveel stappen heb ik deze week achteruit gezet?",
            "Geef me mijn weekoverzicht",
        ),
        "start": (
            "Start mijn achteruitwandeling",
            "Ik wil nu achteruit lopen",
            "Begin de begeleide sessie",
        ),
        "stop": (
            "Stop mijn achteruitwandeling",
            "Beëindig de begeleide sessie",
            "Stop met achteruit lopen",
        ),
        "stop_now": (
            "Stop",
            "Hou op",
            "Genoeg",
        ),
        "snooze": (
            "Stel mijn herinnering 20 minuten uit",
            "Stel de herinnering uit",
            "Verschuif de herinnering met 15 minuten",
        ),
    },
    "pt-BR": {
        "steps": (
            "Quantos passos para trás eu dei hoje?",
            "Quantos passos andei de costas hoje?",
            "Me diga quantos passos eu dei para trás hoje",
            "Quantos passos para trás hoje?",
        ),
        "goal": (
            "Quanto falta para a minha meta?",
            "Quantos passos faltam para minha meta de hoje?",
            "Quanto falta para atingir minha meta?",
            "Como está minha meta hoje?",
        ),
        "sitting": (
            "Há quanto tempo estou sentado?",
            "Desde quando estou sentada?",
            "Faz quanto tempo que estou sem levantar?",
            "Quanto tempo faz que estou sentado",
        ),
        "week": (
            "Como foi minha semana?",
            "Como está indo a minha semana?",
            "Quantos passos eu dei para trás esta semana?",
            "Me dê o resumo da semana",
        ),
        "start": (
            "Comece minha caminhada para trás",
            "Quero caminhar para trás",
            "Iniciar sessão guiada",
        ),
        "stop": (
            "Pare minha caminhada para trás",
            "Encerre a sessão guiada",
            "Pare de andar para trás",
        ),
        "stop_now": (
            "Pare",
            "Chega",
            "Basta",
        ),
        "snooze": (
            "Adie meu lembrete por 20 minutos",
            "Adiar o lembrete",
            "Me lembre mais tarde de levantar",
        ),
    },
    "zh-Hans": {
        "steps": (
            "我今天倒走了多少步",
            "今天我倒走了多少步",
            "请问我今天已经倒走了多少步",
            "告诉我今天的倒走步数是多少",
        ),
        "goal": (
            "离我的目标还有多远",
            "我今天还差多少步才能达到目标",
            "距离目标还差多少",
            "我的目标还差多少步",
        ),
        "sitting": (
            "我坐了多久了",
            "我已经坐了多长时间",
            "多久没起来了",
            "我现在连续坐了多久",
        ),
        "week": (
            "我这周怎么样",
            "我这周走得怎么样",
            "我本周倒走了多少步",
            "给我我的本周总结",
        ),
        "start": (
            "开始我的倒走",
            "开始引导练习",
            "我想倒走",
        ),
        "stop": (
            "停止我的倒走",
            "结束引导练习",
            "停止倒走",
        ),
        "stop_now": (
            "停",
            "停下",
            "够了",
        ),
        "snooze": (
            "推迟我的提醒20分钟",
            "把提醒推迟15分钟",
            "推迟久坐提醒",
        ),
    },
}
"""By language and question."""

NAMED: Final[tuple[tuple[str, str, str], ...]] = (
    ("es", "steps", "¿Cuántos pasos hacia atrás ha dado Ann hoy?"),
    ("es", "week", "¿Cómo fue la semana de Ann?"),
    ("es", "sitting", "¿Cuánto tiempo lleva Ann sentada?"),
    ("fr", "steps", "Combien de pas à reculons Ann a-t-elle faits aujourd'hui ?"),
    ("fr", "steps", "Combien de pas Ann a fait à reculons aujourd'hui"),
    ("fr", "week", "Comment était la semaine d'Ann ?"),
    ("fr", "sitting", "Depuis combien de temps Ann est-elle assise ?"),
    ("nl", "steps", "Hoeveel stappen heeft Ann vandaag achteruit gezet?"),
    ("nl", "week", "Hoe was de week van Ann?"),
    ("nl", "sitting", "Hoe lang zit Ann al?"),
    ("de", "sitting", "Seit wann sitzt Ann schon?"),
    ("de", "goal", "Wie weit ist Ann noch von ihrem Ziel entfernt?"),
    ("de", "start", "Starte Anns Rückwärtsgehen"),
    ("de", "snooze", "Verschiebe Anns Erinnerung um 5 Minuten"),
    ("en", "steps", "How many backward steps did Ann take today?"),
    ("en", "steps", "Ann's backward steps"),
    ("en", "goal", "Has Ann reached her goal yet?"),
    ("en", "start", "Start Ann's session"),
    ("en", "start", "start a guided session for Ann"),
    ("en", "stop", "Stop Ann's walk"),
    ("en", "snooze", "snooze Ann's reminder for 10 minutes"),
    ("en", "week", "How is Ann doing this week?"),
    ("pt-BR", "steps", "Quantos passos para trás a Ann deu hoje?"),
    ("pt-BR", "week", "Como foi a semana da Ann?"),
    ("pt-BR", "sitting", "Há quanto tempo a Ann está sentada?"),
    ("zh-Hans", "steps", "Ann今天倒走了多少步"),
    ("zh-Hans", "steps", "Ann 今天倒走了多少步"),
    ("zh-Hans", "sitting", "Ann坐了多久了"),
)
"""Questions about Ann: language, question, sentence."""

NOT_OURS: Final = (
    "Turn on the light",
    "Stop the music",
    "Set a timer for 5 minutes",
    "How long is my timer",
    "Start the vacuum",
    "Cancel the timer",
    "How was my day",
    "How many steps today",
    "Remind me later",
    "How far is it to work",
    "Stop the vacuum",
    "Start the washing machine",
    "How long has the light been on",
    "Licht an",
    "Mach das Licht an",
    "Starte den Staubsauger",
    "Stopp die Musik",
    "Wie weit ist es zur Arbeit",
    "Wie lange läuft der Timer noch",
    "Pausa la música",
    "Arrête la musique",
    "Stop de muziek",
    "Pare a música",
    "停止音乐",
    "打开灯",
)
