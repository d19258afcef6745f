"""Common Danish names, from which made-up participants get theirs."""

from __future__ import annotations


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FIRST_NAMES = _names(
    """
    Aage Agnete Ahmed Aksel Alexander Allan Amalie Anders Andreas Ane Anette Anita Anna Anne Annelise
    Annika Arne Asger Astrid Ayse Bente Bent Berit Birgit Birgitte Birthe Bjarne Bjørn Bo Bodil Børge
    Brian Britta Camilla Carina Carl Carsten Cecilie Charlotte Christian Christina Christoffer Claus
    Connie Dagny Dan Daniel David Dennis Ditte Dorte Dorthe Ebbe Egon Ejnar Elin Elisabeth Ella Ellen
    Else Emil Emilie Emma Erik Esben Esther Eva Fatima Finn Flemming Frede Frederik Freja Frida Gitte
    Gorm Grethe Gry Gunnar Hanne Hans Hassan Heidi Helle Helga Henning Henriette Henrik Hjalte Holger Ib
    Ida Inge Ingelise Inger Ingrid Iris Ivan Jacob Jakob Jan Jane Janne Jens Jeppe Jesper Jette Joan
    Johan Johanne Johnny Jonas Jørgen Jørn Josefine Julie Kaj Karen Karin Karina Karl Karsten Kasper
    Katja Katrine Kenneth Kent Kim Kirsten Kirstine Kjeld Klaus Knud Kristian Kristine Kurt Käte Lars
    Lasse Laura Laurits Leif Lena Lene Line Linda Lis Lisbeth Lise Liselotte Liv Lone Lotte Louise Lykke
    Mads Magnus Maja Maren Margit Margrethe Maria Marianne Marie Mark Marlene Martin Mathias Mathilde
    Max Merete Mette Mia Michael Mikkel Mona Morten Nadia Nana Nanna Niels Nikolaj Nina Ole Oliver
    Olivia Orla Oskar Otto Palle Per Pernille Peter Philip Pia Poul Preben Ragnhild Rasmus Rebecca
    Regitze Rikke Rita Rolf Rosa Rune Ruth René Sabrina Sanne Sara Sebastian Selma Signe Sigrid Simon
    Simone Sine Sofie Solveig Stefan Steen Stig Stine Susanne Svend Søren Søs Tanja Thea Thomas Thorkild
    Tilde Tim Tina Tine Tobias Tom Tommy Torben Tove Trine Troels Ulla Ulrik Vagn Vera Vibeke Victor
    Viggo Villads Winnie Yasmin Yrsa Zeynep Åge Åse Åsa Øjvind
    """
)

SURNAMES = _names(
    """
    Aagaard Abildgaard Ahmed Albertsen Ali Andersen Andreasen Bach Bak Bang Bech Beck Berg Berthelsen
    Bertelsen Bisgaard Bjerre Bjerregaard Boesen Bonde Brandt Bredahl Bruun Brøndum Buch Buhl Bundgaard
    Carlsen Carstensen Christensen Christiansen Christoffersen Clausen Dahl Dalgaard Dall Dam Damgaard
    Danielsen Davidsen Due Ebbesen Eriksen Eskildsen Fischer Fisker Foged Frandsen Frederiksen Friis
    Frost Gade Gammelgaard Gram Gregersen Groth Grøn Gundersen Hald Hansen Hansson Hassan Hede Hedegaard
    Heide Henningsen Henriksen Hermansen Hjort Hjorth Hoffmann Holm Holst Hougaard Hussain Husted Høj
    Højgaard Højlund Ibsen Iversen Jacobsen Jakobsen Jensen Jepsen Jespersen Jessen Johannesen Johannsen
    Johansen Juhl Juul Jørgensen Karlsen Kaya Kirkegaard Kjeldsen Kjær Kjærgaard Klausen Knudsen Koch
    Kofoed Korsgaard Kragh Kristensen Kristiansen Krogh Kruse Kvist Larsen Lassen Lauridsen Laursen
    Laustsen Lind Lindberg Lorentzen Lund Lundgaard Lundsgaard Madsen Markussen Mathiasen Mathiesen
    Meyer Michelsen Mikkelsen Mogensen Mortensen Munk Møller Mørch Nguyen Nielsen Nikolajsen Nissen
    Nygaard Nørgaard Olesen Olsen Ottosen Overgaard Paulsen Pedersen Petersen Poulsen Rasmussen Ravn
    Riis Rohde Rosenkilde Sand Schmidt Schou Schrøder Schultz Simonsen Skov Skovgaard Skytte Sommer
    Sonne Steffensen Storm Strand Svendsen Søgaard Søndergaard Sørensen Thomsen Thorsen Thygesen Toft
    Tran Vester Vestergaard Vinther Villadsen Vognsen Wagner Winther Yilmaz Ærø Østergaard Øster Åkjær
    """
)
