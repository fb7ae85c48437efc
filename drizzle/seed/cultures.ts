// Names of many cultures, in Latin script, with the places their bearers of this platform live in.

export type Home = { country: string; locale: string; time_zone: string };
export type Culture = { given: readonly string[]; family: readonly string[]; homes: readonly Home[] };

/** `homes`: one per line part, `country locale time-zone`. */
function culture(homes: string, given: string, family: string): Culture {
  return {
    given: given.split(/,\s+/),
    family: family.split(/,\s+/),
    homes: homes.split(/,\s+/).map((home) => {
      const [country = "", locale = "", time_zone = ""] = home.split(" ");
      return { country, locale, time_zone };
    }),
  };
}

export const CULTURES: readonly Culture[] = [
  culture(
    "GB en-GB Europe/London, US en-US America/New_York, US en-US America/Los_Angeles, IE en-IE Europe/Dublin",
    `Ada, Amelia, Aoife, Benjamin, Charlotte, Ciarán, Daniel, Edith, Eleanor, George, Grace, Harry, Isla, Jack, Josephine,
     Liam, Lucy, Mabel, Niamh, Oliver, Oscar, Róisín, Samuel, Thomas, Violet, William, Zoë`,
    `Ashworth, Bailey, Barnes, Brennan, Carter, Clarke, Doyle, Ellis, Fletcher, Gallagher, Harding, Hughes, Kavanagh,
     Lawson, Marsh, Mitchell, Morgan, Murphy, O'Neill, Palmer, Quinn, Reid, Sheridan, Thornton, Walker, Whitfield`,
  ),
  culture(
    "DE de-DE Europe/Berlin, AT de-AT Europe/Vienna, CH de-CH Europe/Zurich",
    `Anke, Annika, Björn, Clara, Dörte, Emil, Felix, Frieda, Greta, Hannes, Heike, Jörg, Jürgen, Katharina, Lena, Lukas,
     Maja, Matthias, Mia, Nele, Sören, Stefan, Theresa, Uwe, Valentin, Wiebke`,
    `Bäcker, Becker, Brandt, Engel, Fischer, Friedrich, Gärtner, Großmann, Hoffmann, Huber, Jäger, Keller, Köhler, Krüger,
     Lindner, Meißner, Müller, Neumann, Pfeiffer, Richter, Schäfer, Schröder, Vogel, Wagner, Weiß, Zimmermann`,
  ),
  culture(
    "FR fr-FR Europe/Paris, BE fr-BE Europe/Brussels, CA fr-CA America/Montreal, SN fr-SN Africa/Dakar",
    `Adèle, Agathe, Antoine, Aurélie, Baptiste, Benoît, Camille, Chloé, Clémence, Élodie, Étienne, François, Gaël, Hélène,
     Inès, Jérôme, Léa, Léon, Maëlle, Mathieu, Noémie, Océane, Raphaël, Rémi, Solène, Théo, Zélie`,
    `Beaumont, Bélanger, Bernard, Bouchard, Boulanger, Chevalier, Delacroix, Dubois, Dufour, Fontaine, Fournier, Gagné,
     Girard, Lefèvre, Lemaître, Mercier, Moreau, Noël, Pelletier, Perrault, Rousseau, Tremblay, Vallée, Vidal`,
  ),
  culture(
    "ES es-ES Europe/Madrid, MX es-MX America/Mexico_City, AR es-AR America/Argentina/Buenos_Aires, CO es-CO America/Bogota",
    `Adrián, Ainhoa, Alejandra, Álvaro, Andrés, Beatriz, Begoña, Carmen, Diego, Elena, Íñigo, Inés, Javier, Joaquín, José,
     Lucía, Martín, Mónica, Nicolás, Paula, Ramón, Rocío, Sebastián, Sofía, Tomás, Ximena, Yolanda`,
    `Aguirre, Álvarez, Benítez, Castaño, Castillo, Delgado, Domínguez, Fernández, García, Gómez, Guzmán, Hernández, Ibáñez,
     López, Márquez, Muñoz, Núñez, Ordóñez, Ortega, Peña, Pérez, Quiroga, Ríos, Rodríguez, Sánchez, Vázquez, Zúñiga`,
  ),
  culture(
    "BR pt-BR America/Sao_Paulo, PT pt-PT Europe/Lisbon, AO pt-AO Africa/Luanda",
    `Afonso, Aline, Amália, Antônio, Beatriz, Bruno, Caetano, Conceição, Davi, Débora, Estêvão, Flávia, Gonçalo, Helena,
     Inês, João, Júlia, Lívia, Luísa, Mário, Otávio, Patrícia, Raimundo, Rúben, Thaís, Vânia, Vinícius`,
    `Almeida, Araújo, Assunção, Azevedo, Barbosa, Cardoso, Carvalho, Conceição, Correia, Duarte, Esteves, Ferrão, Fonseca,
     Gonçalves, Leitão, Magalhães, Mendonça, Monteiro, Nogueira, Paixão, Queirós, Ribeiro, Simões, Teixeira, Valadão`,
  ),
  culture(
    "IT it-IT Europe/Rome, CH it-CH Europe/Zurich",
    `Alessandro, Andrea, Beatrice, Bianca, Carlotta, Davide, Elisabetta, Enrico, Fabio, Federica, Giada, Giosuè, Ilaria,
     Lorenzo, Ludovica, Marco, Matilde, Niccolò, Noemi, Pietro, Riccardo, Serena, Stefania, Tommaso, Viola`,
    `Amato, Barbieri, Bellini, Bianchi, Caruso, Colombo, Conti, Dalmasso, De Luca, Esposito, Ferrari, Galli, Leone,
     Lombardi, Mancini, Marchetti, Moretti, Nardò, Orlando, Pellegrini, Rinaldi, Rossi, Santoro, Vitale, Zanetti`,
  ),
  culture(
    "PL pl-PL Europe/Warsaw",
    `Agnieszka, Aleksander, Bartłomiej, Bogusława, Celina, Czesław, Elżbieta, Filip, Grażyna, Grzegorz, Halina, Jadwiga,
     Jakub, Józef, Katarzyna, Łukasz, Małgorzata, Mikołaj, Paweł, Rafał, Stanisława, Szymon, Wanda, Zofia, Żaneta`,
    `Bąk, Błaszczyk, Brzeziński, Cieślak, Dąbrowska, Gajewski, Głowacki, Jabłoński, Jasiński, Kaczmarek, Kowalczyk,
     Kozłowska, Krawczyk, Lewandowski, Łuczak, Mróz, Nowak, Ostrowska, Pawłowski, Sikora, Śliwińska, Wójcik, Żak, Zieliński`,
  ),
  culture(
    "CZ cs-CZ Europe/Prague, SK sk-SK Europe/Bratislava",
    `Aneta, Barbora, Bohumil, Božena, Dušan, Eliška, František, Hana, Ivana, Jaroslav, Jiří, Kateřina, Kryštof, Lenka,
     Ľubica, Lukáš, Markéta, Matěj, Miloš, Ondřej, Radka, Štěpán, Tereza, Václav, Zdeněk, Žofie`,
    `Bartoš, Beneš, Čermák, Dvořáková, Fiala, Hájek, Havlíček, Horáková, Hruška, Jelínek, Kolář, Kovář, Král, Kučera,
     Malý, Marešová, Němec, Novotný, Pokorný, Růžička, Říha, Sedláček, Šimek, Svobodová, Urban, Veselý`,
  ),
  culture(
    "SE sv-SE Europe/Stockholm, NO nb-NO Europe/Oslo, DK da-DK Europe/Copenhagen, IS is-IS Atlantic/Reykjavik",
    `Åse, Agnes, Astrid, Bjørn, Elín, Freja, Göran, Gunnar, Håkon, Ingrid, Jónas, Kåre, Kjersti, Lærke, Linnéa, Malin,
     Märta, Mikkel, Nils, Østen, Ragnhild, Signe, Sigurður, Søren, Þóra, Tove, Vilde`,
    `Åberg, Ågren, Bakken, Bergström, Björklund, Dahl, Ekström, Einarsson, Frøland, Guðmundsdóttir, Hägg, Holmgaard,
     Johansson, Kjær, Lindqvist, Lund, Møller, Nygård, Øvergård, Rasmussen, Sandvik, Sjöberg, Skov, Strøm, Þórsson, Vestergaard`,
  ),
  culture(
    "TR tr-TR Europe/Istanbul",
    `Ahmet, Ayça, Ayşe, Barış, Burcu, Çağla, Cem, Defne, Elif, Emre, Gökhan, Gülşen, Hüseyin, Işıl, Kağan, Melike, Mustafa,
     Nazlı, Oğuz, Özge, Pınar, Selin, Şebnem, Tuğba, Ümit, Yasemin, Yiğit`,
    `Acar, Akın, Aksoy, Arslan, Aydın, Bozkurt, Çelik, Çınar, Demir, Doğan, Erdoğdu, Güneş, Işık, Karaca, Kılıç, Koç,
     Korkmaz, Öztürk, Polat, Şahin, Taş, Toprak, Uçar, Ünal, Yıldız, Yılmaz`,
  ),
  culture(
    "HU hu-HU Europe/Budapest",
    `Ágnes, András, Anikó, Balázs, Béla, Boglárka, Csaba, Dániel, Dóra, Erzsébet, Ferenc, Gábor, György, Ildikó, István,
     Judit, Katalin, Lőrinc, Márton, Nóra, Orsolya, Péter, Réka, Sándor, Tünde, Zsófia`,
    `Ács, Balogh, Barta, Bíró, Bodnár, Csizmadia, Erdős, Farkas, Fehér, Gulyás, Halász, Hegedűs, Jakab, Kőszegi, Lengyel,
     Mészáros, Nagy, Orosz, Pásztor, Rácz, Sipos, Szabó, Szűcs, Takács, Tóth, Vörös`,
  ),
  culture(
    "GR el-GR Europe/Athens, CY el-CY Asia/Nicosia",
    `Alexandros, Anastasia, Antigoni, Aristidis, Chara, Despina, Dimitris, Eirini, Eleftheria, Fotini, Giorgos, Ioanna,
     Kalliopi, Konstantinos, Kyriakos, Leonidas, Marios, Nefeli, Nikos, Pavlos, Sofoklis, Stelios, Thalia, Vasiliki, Zoi`,
    `Alexiou, Anagnostou, Antoniadis, Dimitriou, Economou, Fotiadis, Galanis, Georgiou, Ioannidis, Kalogeropoulos,
     Karagiannis, Konstantinou, Kontos, Lambrou, Makris, Nikolaou, Pappas, Petridou, Sarris, Stavrou, Theodorou, Vlachos`,
  ),
  culture(
    "UA uk-UA Europe/Kyiv, BG bg-BG Europe/Sofia",
    `Anatolii, Andrii, Bohdana, Borys, Daryna, Dmytro, Ekaterina, Halyna, Hristo, Ihor, Iryna, Kalina, Khrystyna, Lesia,
     Lyubov, Mykola, Nadiya, Oleksandr, Oksana, Petro, Radka, Serhii, Solomiya, Taras, Vasyl, Yaroslava, Zlata`,
    `Bondarenko, Chernenko, Danylenko, Dimitrov, Fedorenko, Havryliuk, Hrytsenko, Ivanchuk, Kovalchuk, Kravchenko,
     Lysenko, Marchenko, Moroz, Nikolova, Oliynyk, Petrenko, Polishchuk, Savchenko, Shevchuk, Tkachenko, Todorova, Yurchenko`,
  ),
  culture(
    "IN en-IN Asia/Kolkata, IN hi-IN Asia/Kolkata, LK si-LK Asia/Colombo",
    `Aarav, Aditi, Ananya, Arjun, Bhavna, Chandrika, Deepa, Devansh, Farhan, Gayatri, Harpreet, Ishaan, Jyoti, Karthik,
     Kavya, Lakshmi, Manoj, Meera, Nandini, Nilani, Pranav, Priya, Rohan, Saanvi, Tarun, Usha, Vikram`,
    `Agarwal, Banerjee, Bhatt, Chatterjee, Chopra, Desai, Fernando, Ghosh, Gupta, Iyer, Jayawardena, Joshi, Kapoor, Khanna,
     Kulkarni, Menon, Mukherjee, Nair, Patel, Perera, Pillai, Rao, Reddy, Sharma, Singh, Subramanian, Verma`,
  ),
  culture(
    "CN zh-CN Asia/Shanghai, TW zh-TW Asia/Taipei, SG en-SG Asia/Singapore",
    `Bowen, Chengyu, Fangfang, Guanyu, Haoran, Huiling, Jianhong, Jiayi, Jingyi, Kaiming, Lihua, Meiling, Mingzhe, Peishan,
     Qiang, Ruoxi, Shuyuan, Tianyi, Weijie, Xiaoyan, Xinyi, Yichen, Yuxuan, Zhihao, Ziqi`,
    `Bai, Cai, Chen, Deng, Feng, Gao, Guo, Han, He, Huang, Jiang, Li, Liang, Lin, Liu, Lü, Ma, Pan, Qiu, Shen, Song, Sun,
     Tang, Wang, Wu, Xie, Xu, Yang, Zhang, Zhao`,
  ),
  culture(
    "JP ja-JP Asia/Tokyo",
    `Akari, Asuka, Daiki, Emi, Haruka, Haruto, Hina, Hiroshi, Kaito, Kazuko, Kenji, Kōhei, Mai, Misaki, Naoko, Ren, Riku,
     Ryō, Sakura, Shōta, Sora, Takeshi, Tomoko, Yūki, Yui, Yuto`,
    `Aoki, Endō, Fujita, Gotō, Hashimoto, Hayashi, Inoue, Itō, Katō, Kimura, Kobayashi, Matsumoto, Mori, Nakamura, Ogawa,
     Okada, Ōno, Saitō, Sasaki, Satō, Shimizu, Suzuki, Takahashi, Tanaka, Watanabe, Yamamoto`,
  ),
  culture(
    "VN vi-VN Asia/Ho_Chi_Minh",
    `An, Anh Thư, Bảo, Bích Ngọc, Châu, Cường, Diệu Linh, Dũng, Đức, Giang, Hà, Hải Yến, Hiếu, Hồng, Hùng, Khánh, Lan,
     Minh Châu, Ngân, Phúc, Quỳnh, Sơn, Thảo, Thu Hà, Trâm, Tuấn, Vy`,
    `Bùi, Cao, Châu, Đặng, Đinh, Đỗ, Đoàn, Dương, Hồ, Hoàng, Huỳnh, Lâm, Lê, Lương, Lý, Mai, Ngô, Nguyễn, Phạm, Phan, Tạ,
     Trần, Trịnh, Trương, Võ, Vũ`,
  ),
  culture(
    "KR ko-KR Asia/Seoul",
    `Areum, Bora, Chaewon, Dohyun, Eunji, Gayoung, Haneul, Hyejin, Hyunwoo, Jaemin, Jihye, Jisoo, Junho, Kyungmin, Minjun,
     Minseo, Nari, Sangwoo, Seojun, Seoyeon, Soyeon, Sungmin, Taeyang, Yejin, Youngho, Yuna`,
    `Ahn, Bae, Baek, Cha, Cho, Choi, Han, Heo, Hong, Hwang, Im, Jang, Jeon, Jeong, Jo, Kang, Kim, Ko, Kwon, Lee, Moon, Nam,
     Noh, Oh, Park, Ryu, Seo, Shin, Song, Yoon`,
  ),
  culture(
    "NG en-NG Africa/Lagos, GH en-GH Africa/Accra, KE sw-KE Africa/Nairobi, ET am-ET Africa/Addis_Ababa",
    `Abena, Adaeze, Adébáyọ̀, Akinyi, Amina, Ayọ̀mídé, Chidi, Chinwe, Dawit, Efua, Emeka, Folásadé, Hiwot, Ifeoma, Jelani,
     Kofi, Kwame, Makena, Ngozi, Nia, Olúwaṣeun, Selam, Tẹmítọ́pẹ́, Uche, Wanjiru, Yaa, Zawadi`,
    `Abara, Acheampong, Adébísí, Adeyemi, Agyeman, Asante, Balogun, Bekele, Boateng, Eze, Gebremariam, Haile, Kamau,
     Kipchoge, Mensah, Mutua, Mwangi, Nwosu, Odhiambo, Ògúnbánjọ, Okafor, Okonkwo, Onyango, Owusu, Tesfaye, Wanyama`,
  ),
  culture(
    "EG ar-EG Africa/Cairo, MA ar-MA Africa/Casablanca, AE ar-AE Asia/Dubai, IR fa-IR Asia/Tehran, PK ur-PK Asia/Karachi",
    `Aïcha, Ali, Amal, Bilal, Dalia, Farida, Farrokh, Fatima, Golnar, Habiba, Hassan, Ibrahim, Jamila, Karim, Khadija,
     Laleh, Mahmoud, Mariam, Nadia, Omar, Parviz, Rania, Safiya, Samir, Shirin, Tariq, Yasmin, Zainab`,
    `Abbas, Abdallah, Ahmadi, Alaoui, Amrani, Aziz, Bennani, Chaudhry, Darwish, El Idrissi, El Sayed, Farouk, Hakimi,
     Haddad, Hussain, Jafari, Khalil, Mansour, Mirza, Nasser, Qureshi, Rahimi, Saïd, Shaikh, Tehrani, Youssef, Zaki`,
  ),
];

/** Letters that do not come apart into a base letter and a mark. */
const LETTERS: Record<string, string> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  þ: "th",
  ł: "l",
  ı: "i",
};

/** What such a name looks like in an e-mail address: `Þórsson` becomes `thorsson`. */
export function addressPart(name: string): string {
  return name
    .toLowerCase()
    .replace(/[ßæœøđðþłı]/g, (letter) => LETTERS[letter] ?? "")
    .normalize("NFD")
    .replace(/[^a-z]/g, "");
}
