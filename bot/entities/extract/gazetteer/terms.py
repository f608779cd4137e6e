"""Terms of art of AI policy, which name a concept wherever they stand."""

from bot.entities.extract.gazetteer import phrases

TERMS = phrases(
    """
    terms of service; usage policy; acceptable use policy; kill switch; human in the loop
    meaningful human control; model weights; open-weight model; training data; frontier model
    algorithmic discrimination; algorithmic bias; automated decision-making; algorithmic pricing
    predictive policing; social scoring; emotion recognition; biometric identification
    biometric surveillance; license plate reader; licence plate reader; age verification
    synthetic media; non-consensual intimate image; child sexual abuse material; digital replica
    companion chatbot; nudify app; content credentials; digital watermarking; text and data mining
    private right of action; regulatory sandbox
    data protection impact assessment
    warrantless surveillance
    bulk collection; commercially available information; dual-use technology; end-use check
    export license; export licence; compute threshold; red teaming; red-teaming
    bioweapon; artificial general intelligence; superintelligence
    existential risk; recursive self-improvement; data sovereignty
    sovereign ai; data localization; data localisation; fair use; state preemption
    federal preemption; data center moratorium; high-risk system; high-risk ai
    general-purpose ai; systemic risk; conformity assessment; code of practice; foundation model
    responsible scaling policy; safety case
    model distillation; distillation attack; autonomous drone; drone swarm; kill chain
    """
)
"""Folded, in the singular."""
